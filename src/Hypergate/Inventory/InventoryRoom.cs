using System.Collections.Concurrent;
using Hypergate.Catalog;
using Hypergate.Governance;
using Hypergate.Model;

namespace Hypergate.Inventory;

/// <summary>What all readings share: the way to the platforms, what was read a moment ago, and how much may go on at a time.</summary>
internal sealed class InventoryRoom(LiveCatalog catalog, CallPipeline pipeline, ReadCache cache, TimeProvider time)
{
    private const int CallsAtATime = 8;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    public LiveCatalog Catalog => catalog;

    public CallPipeline Pipeline => pipeline;

    public ReadCache Cache => cache;

    public TimeProvider Time => time;

    /// <summary>Lets eight calls to a backend through at a time.</summary>
    public SemaphoreSlim Gate(string backend) => _gates.GetOrAdd(backend, static _ => new SemaphoreSlim(CallsAtATime));

    /// <summary>Whose view of a platform it is.</summary>
    public static string Identity(Caller caller) => $"{caller.Name}\n{string.Join('\n', caller.Roles)}";
}
