using System.Collections.Concurrent;
using Hypergate.Catalog;
using Hypergate.Governance;
using Hypergate.Model;

namespace Hypergate.Inventory;

/// <summary>What all readings share: the way to the platforms, what was read a moment ago, and how much may go on at a time.</summary>
/// <param name="shows">Whether an operation of a backend exists for whoever reads.</param>
internal sealed class InventoryRoom(LiveCatalog catalog, CallPipeline pipeline, ReadCache cache, Func<string, Operation, bool> shows, TimeProvider time)
{
    private const int CallsAtATime = 8;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    public LiveCatalog Catalog => catalog;

    public CallPipeline Pipeline => pipeline;

    public ReadCache Cache => cache;

    public TimeProvider Time => time;

    /// <summary>The operation behind a path of a backend, where it exists for whoever reads.</summary>
    public Operation? Find(string backend, string path) =>
        catalog.Current.FindRoute(backend, "GET", path) is { } operation && shows(backend, operation) ? operation : null;

    /// <summary>Lets eight calls to a backend through at a time.</summary>
    public SemaphoreSlim Gate(string backend) => _gates.GetOrAdd(backend, static _ => new SemaphoreSlim(CallsAtATime));

    /// <summary>Whose view of a platform it is.</summary>
    public static string Identity(Caller caller) => $"{caller.Name}\n{string.Join('\n', caller.Roles)}";
}
