namespace Hypergate.Simulator.Requests;

/// <summary>A request as it came over the wire.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Target">The raw target: path and query, not decoded, not shortened.</param>
/// <param name="Headers">Names without case; several values of one name are joined by a comma.</param>
/// <param name="Body">The body's bytes, up to 1 MB of them.</param>
public sealed record RecordedRequest(
    string Method, string Target, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    internal const int MostBytes = 1024 * 1024;
}
