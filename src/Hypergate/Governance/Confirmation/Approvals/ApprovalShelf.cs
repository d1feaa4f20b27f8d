using System.Text.Json;
using Hypergate.Governance.State;

namespace Hypergate.Governance.Confirmation.Approvals;

/// <summary>Requests for approval as they are kept: each an entry of the gateway's state, forgotten a week after its end.</summary>
/// <param name="store">The gateway's state. Whatever cannot be read or written is an <see cref="IOException"/>.</param>
internal sealed class ApprovalShelf(IStateStore store)
{
    private const string Family = "approvals";
    private static readonly TimeSpan Memory = TimeSpan.FromDays(7);

    public async Task<IReadOnlyList<Approval>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(Family, cancellationToken)).Select(Read)];

    /// <summary>A request and the version that it was seen in; null where there is none.</summary>
    public async Task<(Approval Approval, long Version)?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(Family, id, cancellationToken) is { } entry ? (Read(entry), entry.Version) : null;

    /// <summary>Keeps a request in place of the version that was seen; null where it is new.</summary>
    /// <returns>False where it has changed meanwhile; nothing was written.</returns>
    public ValueTask<bool> TryKeepAsync(Approval approval, long? version, CancellationToken cancellationToken) =>
        store.TryWriteAsync(Family, approval.Id, version, JsonSerializer.Serialize(approval, ApprovalJson.Default.Approval), cancellationToken);

    /// <summary>All that are still remembered; the others are taken away.</summary>
    public async Task<IReadOnlyList<Approval>> CleanAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kept = new List<Approval>();
        foreach (var entry in await store.ListAsync(Family, cancellationToken))
        {
            var approval = Read(entry);
            if (approval.Ends + Memory < now)
            {
                await store.TryWriteAsync(Family, entry.Key, entry.Version, null, cancellationToken);
            }
            else
            {
                kept.Add(approval);
            }
        }

        return kept;
    }

    private static Approval Read(StateEntry entry)
    {
        try
        {
            return JsonSerializer.Deserialize(entry.Value, ApprovalJson.Default.Approval) ?? throw new IOException($"The request {entry.Key} is damaged.");
        }
        catch (JsonException exception)
        {
            throw new IOException($"The request {entry.Key} is damaged.", exception);
        }
    }
}
