using Hypergate.Catalog;
using Hypergate.Model;

namespace Hypergate.Host.Composition;

/// <summary>Notices when a platform describes other operations than it did before, as far as this process or the catalogs it remembers know.</summary>
/// <param name="record">Records it: the event, the backend, and what has changed in words.</param>
internal sealed class DescriptionChanges(Func<string, string, string, Task> record)
{
    public const string Changed = "description_changed";
    public const string Quarantined = "description_quarantined";
    public const string Accepted = "description_accepted";

    private const int MostNames = 10;

    // Guards what was known and the order of the records.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, BackendCatalog> _known = new(StringComparer.Ordinal);
    private Task _recording = Task.CompletedTask;

    /// <summary>Ends when all is recorded.</summary>
    public Task Recorded => _recording;

    /// <summary>Takes what is in force now. Returns at once.</summary>
    public void Take(BackendCatalog catalog)
    {
        lock (_lock)
        {
            var before = _known.GetValueOrDefault(catalog.Backend);
            _known[catalog.Backend] = catalog;
            if (before is not null && Words(before, catalog) is { } words)
            {
                Record(Changed, catalog, words);
            }

            if (Waiting(catalog) is { } waiting)
            {
                Record(Quarantined, catalog, waiting);
            }
        }
    }

    /// <summary>What waits for a person; null where nothing does.</summary>
    public static string? Waiting(BackendCatalog catalog) => string.Join("; ", new[]
    {
        Names("new", catalog.Waiting.Where(static change => change.Before is null).Select(static change => change.Now.Name)),
        Names("changed", catalog.Waiting.Where(static change => change.Before is not null).Select(static change => change.Now.Name)),
    }.Where(static part => part.Length > 0)) is { Length: > 0 } words ? $"{words} ({DescriptionPins.DigestOf(catalog.Waiting)})" : null;

    // Whoever calls holds the lock.
    private void Record(string what, BackendCatalog catalog, string words) =>
        _recording = _recording.ContinueWith(_ => record(what, catalog.Backend, words), TaskScheduler.Default).Unwrap();

    /// <summary>What is different; null where a caller would see nothing of it.</summary>
    internal static string? Words(BackendCatalog before, BackendCatalog after)
    {
        var (old, now) = (before.Operations.ToDictionary(static operation => operation.Name, StringComparer.Ordinal), after.Operations.ToDictionary(static operation => operation.Name, StringComparer.Ordinal));
        var parts = new[]
        {
            Names("new", now.Keys.Where(name => !old.ContainsKey(name))),
            Names("gone", old.Keys.Where(name => !now.ContainsKey(name))),
            Names("of another class or address", now.Values.Where(operation => old.TryGetValue(operation.Name, out var was) && !IsSame(was, operation)).Select(static operation => operation.Name)),
        };
        var version = before.Version == after.Version ? "" : $"version {(before.Version.Length > 0 ? before.Version : "unknown")} to {after.Version}";
        return string.Join("; ", parts.Prepend(version).Where(static part => part.Length > 0)) is { Length: > 0 } words ? words : null;
    }

    private static bool IsSame(Operation was, Operation now) => was.Method == now.Method && was.Path == now.Path && was.Access == now.Access;

    private static string Names(string word, IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count == 0 ? "" : $"{all.Count} {word}: {string.Join(", ", all.Take(MostNames))}{(all.Count > MostNames ? ", …" : "")}";
    }
}
