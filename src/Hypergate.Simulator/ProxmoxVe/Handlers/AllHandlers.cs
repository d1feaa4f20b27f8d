using Hypergate.Simulator.ProxmoxVe.Access;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Every family of operations, a line each.</summary>
internal static class AllHandlers
{
    public static HandlerTable Table(Authentication authentication)
    {
        var table = new HandlerTable();
        ClusterHandlers.AddTo(table);
        ResourceHandlers.AddTo(table);
        TaskHandlers.AddTo(table);
        NodeHandlers.AddTo(table);
        GuestListHandlers.AddTo(table);
        PowerHandlers.AddTo(table);
        _ = authentication;
        return table;
    }
}
