using Hypergate.Host.Mcp.Http;

namespace Hypergate.Host.Bridge;

/// <summary>What the handshake of a revision up to 2025-11-25 agreed on.</summary>
/// <param name="Id">Null where the server keeps no sessions.</param>
/// <param name="Revision">Null before the handshake.</param>
internal sealed record SessionState(string? Id, string? Revision)
{
    public static SessionState None { get; } = new(null, null);

    public IEnumerable<KeyValuePair<string, string>> Headers
    {
        get
        {
            if (Revision is not null)
            {
                yield return new(RequestHeaders.Version, Revision);
            }

            if (Id is not null)
            {
                yield return new(RequestHeaders.Session, Id);
            }
        }
    }
}
