using Hypergate.Simulator.XenOrchestra.Endpoints;
using Hypergate.Simulator.XenOrchestra.Operations;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Server;

/// <summary>Whether the objects that a path names exist, and are of the right kind. Reads look at what readers see.</summary>
internal sealed class Existence(DataCentre world)
{
    /// <exception cref="XoError">404 with the first id that leads nowhere.</exception>
    public bool Check(Operation operation, IReadOnlyDictionary<string, string> path)
    {
        foreach (var (name, id) in path)
        {
            if (CollectionOf(operation, name) is { } collection && world.Has(collection) && world[collection].Find(id) is null)
            {
                throw Missing.Of(id, world[collection].Type);
            }
        }

        return true;
    }

    private static string? CollectionOf(Operation operation, string placeholder) => (placeholder, operation.Method) switch
    {
        // A task may end and vanish while it is waited for, and old paths send their callers on without a look.
        ("id", _) when operation.Segments is ["tasks", ..] or ["backup" or "restore", ..] => null,
        ("id", _) => operation.Segments[0],
        ("userId", "PUT") => "users",
        ("groupId", "PUT") => "groups",
        _ => null,
    };
}
