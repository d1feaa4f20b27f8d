using Hypergate.Simulator.ProxmoxVe.Description;
using Hypergate.Simulator.ProxmoxVe.Server;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>The pure directories of the API: each names the entries one level below it, as the route table has them.</summary>
internal static class DirectoryHandlers
{
    private static readonly string[] Top = ["version", "cluster", "nodes", "storage", "access", "pools"];

    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /", static _ => Directory("subdir", Top));
        foreach (var route in RouteTable.Shared.All.Where(route => route.Method == "GET" && KeyOf(route) is not null && table.Find(route.Key) is null))
        {
            var key = KeyOf(route)!;
            var names = RouteTable.Shared.Below(route.Path).ToList();
            if (names.Count > 0)
            {
                var guest = route.Path.Contains("{vmid}", StringComparison.Ordinal);
                table.Add(route.Key, call =>
                {
                    Existing(call, guest);
                    return Directory(key, names);
                });
            }
        }

    }

    // Directories are arrays of objects by the name of their entries.
    private static string? KeyOf(Route route) => route.Gives.Split(' ') switch
    {
        ["array", "of", "object", "by", ("name" or "subdir" or "cmd" or "resource" or "key") and var key, ..] => key,
        _ => null,
    };

    private static void Existing(Call call, bool guest)
    {
        if (guest && call.Route.Path.Split('/') is [_, _, _, var type, _])
        {
            call.Guest(type);
        }
    }
}
