using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hypergate.Governance.State;
using Hypergate.Model;

namespace Hypergate.Catalog;

/// <summary>
/// What people have accepted of the descriptions of platforms (rule R-PIN, decision 231). What is new or described otherwise since is offered to nobody before somebody accepts it. What is seen for the
/// first time counts as accepted by whoever configured it.
/// </summary>
internal sealed class DescriptionPins(IStateStore store)
{
    private const string Family = "descriptions";

    /// <summary>Takes out of a description what waits for a person, and puts it into <see cref="BackendCatalog.Waiting"/>.</summary>
    /// <param name="read">The whole of it.</param>
    /// <param name="from">The platform, and the SHA-256 of the document.</param>
    /// <param name="accepted">What nobody needs to be asked about.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">What was accepted cannot be read or written.</exception>
    public async Task<BackendCatalog> SiftAsync(BackendCatalog read, (Uri Address, string Document) from, AcceptedChanges accepted, CancellationToken cancellationToken)
    {
        if (accepted == AcceptedChanges.All)
        {
            return read;
        }

        var now = DescriptionPin.Of(read);
        while (true)
        {
            var entry = await store.FindAsync(Family, read.Backend, cancellationToken);
            var known = entry is null ? null : Parse(entry) is var document && document.Address == from.Address.AbsoluteUri ? document : null;

            // Where the document is the one that was accepted, other settings or another build have made other operations of it.
            var isAccepted = known is null || known.Document == from.Document;
            List<WaitingOperation> waiting = isAccepted ? [] : [.. Changed(now, known!.Pins).Where(change => !IsAccepted(change, accepted))];
            var held = waiting.Select(static change => change.Now.Name).ToHashSet(StringComparer.Ordinal);
            var next = new AcceptedDescription(
                from.Address.AbsoluteUri,
                held.Count == 0 ? from.Document : known!.Document,
                With(known?.Pins ?? [], now.Where(pin => !held.Contains(pin.Name))));
            if ((known is not null && known.Document == next.Document && known.Pins.SequenceEqual(next.Pins)) || await store.TryWriteAsync(Family, read.Backend, entry?.Version, Write(next), cancellationToken))
            {
                return held.Count == 0 ? read : Without(read, held, waiting);
            }
        }
    }

    /// <summary>Accepts what waits, as it was shown.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public async Task AcceptAsync(BackendCatalog shown, CancellationToken cancellationToken)
    {
        bool isKept;
        do
        {
            var entry = await store.FindAsync(Family, shown.Backend, cancellationToken) ?? throw new IOException($"What was accepted of '{shown.Backend}' is gone. Start the gateway: it takes the description as it is then.");
            var known = Parse(entry);
            isKept = await store.TryWriteAsync(Family, shown.Backend, entry.Version, Write(known with { Pins = With(known.Pins, shown.Waiting.Select(static change => change.Now)) }), cancellationToken);
        }
        while (!isKept);
    }

    /// <summary>Tells one state of what was accepted from another; null for nothing.</summary>
    public async Task<long?> VersionAsync(string backend, CancellationToken cancellationToken) => (await store.FindAsync(Family, backend, cancellationToken))?.Version;

    /// <summary>A name for what waits: who accepts it by that accepts nothing else.</summary>
    public static string DigestOf(IEnumerable<WaitingOperation> waiting) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Concat(waiting.Select(static change => change.Now).OrderBy(static pin => pin.Name, StringComparer.Ordinal).Select(static pin => $"{pin.Hash} {pin.Name.Length} {pin.Name}\n")))))[..32];

    private static IEnumerable<WaitingOperation> Changed(IReadOnlyList<DescriptionPin> now, IReadOnlyList<DescriptionPin> known)
    {
        var before = known.ToDictionary(static pin => pin.Name, StringComparer.Ordinal);
        return now.Where(pin => before.GetValueOrDefault(pin.Name)?.Hash != pin.Hash).Select(pin => new WaitingOperation(pin, before.GetValueOrDefault(pin.Name)));
    }

    // What was no read before is accepted by nobody for calling itself one.
    private static bool IsAccepted(WaitingOperation change, AcceptedChanges accepted) =>
        accepted == AcceptedChanges.Reads && change.Now.Access == "read" && change.Before?.Access is null or "read";

    private static List<DescriptionPin> With(IReadOnlyList<DescriptionPin> known, IEnumerable<DescriptionPin> others)
    {
        var pins = known.ToDictionary(static pin => pin.Name, StringComparer.Ordinal);
        foreach (var pin in others)
        {
            pins[pin.Name] = pin;
        }

        return [.. pins.Values.OrderBy(static pin => pin.Name, StringComparer.Ordinal)];
    }

    // Neither the tag nor the hash is that of the document, so that it is read again when somebody has accepted more.
    private static BackendCatalog Without(BackendCatalog read, HashSet<string> held, IReadOnlyList<WaitingOperation> waiting) => read with
    {
        Operations = [.. read.Operations.Where(operation => !held.Contains(operation.Name))],
        Summary = held.Contains("") ? "" : read.Summary,
        Guide = held.Contains("") ? "" : read.Guide,
        Hash = $"{read.Hash}~{DigestOf(waiting)}",
        Tag = "",
        Waiting = waiting,
    };

    private static AcceptedDescription Parse(StateEntry entry)
    {
        try
        {
            return JsonSerializer.Deserialize(entry.Value, AcceptedDescriptionJson.Default.AcceptedDescription) ?? throw new IOException($"What was accepted of '{entry.Key}' is damaged.");
        }
        catch (JsonException exception)
        {
            throw new IOException($"What was accepted of '{entry.Key}' is damaged.", exception);
        }
    }

    private static string Write(AcceptedDescription accepted) => JsonSerializer.Serialize(accepted, AcceptedDescriptionJson.Default.AcceptedDescription);
}
