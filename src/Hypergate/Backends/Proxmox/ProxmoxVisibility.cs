using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.Proxmox;

/// <summary>
/// Explains empty lists: Proxmox VE answers 200 with nothing where the caller may not see what there is. Which privilege shows what is
/// partly in the description's checks and partly in the platform's code, which these rules repeat.
/// </summary>
internal static class ProxmoxVisibility
{
    /// <summary>Why a new token sees nothing.</summary>
    public const string Separation = "an API token with privilege separation has none until it is given some itself, and its user as well; PVEAuditor on / lets it read";

    public static IEnumerable<string> Explain(Call call, JsonElement permissions)
    {
        var rights = new ProxmoxRights(permissions);
        if (rights.None)
        {
            return [$"The list is empty because the gateway's user has no rights at all in this cluster: {Separation}."];
        }

        return Needs(call)
            .Where(need => !rights.Has(need.Path, need.Privileges))
            .Select(static need => $"The list may be empty because the gateway's user lacks {string.Join(" or ", need.Privileges)} on {need.Path}: without it {need.What} cannot be seen.");
    }

    private static IEnumerable<Need> Needs(Call call) => call.Operation.Path switch
    {
        "/cluster/resources" => OfResources(Text(call, "type")),
        "/nodes/{node}/qemu" or "/nodes/{node}/lxc" or "/cluster/replication" or "/nodes/{node}/replication" => [Guests],
        "/storage" or "/nodes/{node}/storage" => [Storages],
        "/nodes/{node}/storage/{storage}/content" => OfContent(call),
        "/nodes/{node}/tasks" => [new($"/nodes/{Text(call, "node")}", ["Sys.Audit"], "tasks of others")],
        "/cluster/tasks" => [new("/", ["Sys.Audit"], "tasks of others (and by a token any)")],
        "/pools" => [new("/pool", ["Pool.Audit"], "pools")],
        "/access/users" => [new("/access/groups", ["User.Modify", "Sys.Audit"], "other users")],
        "/access/groups" => [new("/access/groups", ["Group.Allocate", "User.Modify", "Sys.Audit"], "groups")],
        "/access/acl" => [new("/access", ["Permissions.Modify", "Sys.Audit"], "permissions of others")],
        var path when path.StartsWith("/cluster/sdn/", StringComparison.Ordinal) => [new("/sdn", ["SDN.Audit", "SDN.Allocate"], "networks of SDN")],
        var path when path.StartsWith("/cluster/mapping/", StringComparison.Ordinal) => [new($"/mapping/{path.Split('/')[3]}", ["Mapping.Audit", "Mapping.Modify", "Mapping.Use"], "mappings")],
        _ => Declared(call),
    };

    private static Need Guests { get; } = new("/vms", ["VM.Audit"], "guests");

    private static Need Storages { get; } = new("/storage", ["Datastore.Audit", "Datastore.AllocateSpace"], "storages");

    private static IEnumerable<Need> OfResources(string? type) => type switch
    {
        "vm" => [Guests],
        "storage" => [Storages],
        "node" => [],
        "sdn" => [new("/sdn", ["SDN.Audit"], "zones of SDN")],
        _ => [Guests, Storages],
    };

    private static IEnumerable<Need> OfContent(Call call)
    {
        var storage = $"/storage/{Text(call, "storage")}";
        Need backups = new("/vms", ["VM.Backup"], "backups");
        Need space = new(storage, ["Datastore.AllocateSpace", "Datastore.Allocate"], "backups");
        Need images = new("/vms", ["VM.Config.Disk"], "disk images");
        Need any = new(storage, ["Datastore.Audit", "Datastore.AllocateSpace"], "contents");
        return Text(call, "content") switch
        {
            "backup" => [backups, space],
            "images" or "rootdir" => [images],
            null => [any, backups, images],
            _ => [any],
        };
    }

    // What the description itself asks for, with the call's own values.
    private static IEnumerable<Need> Declared(Call call) => call.Operation.Requires.Select(right =>
        new Need(Filled(right.Resource, call), right.Action.Split([" or ", " and "], StringSplitOptions.TrimEntries), "what is there"));

    private static string Filled(string path, Call call)
    {
        foreach (var parameter in call.Operation.Parameters)
        {
            path = path.Replace($"{{{parameter.Name}}}", Text(call, parameter.Name) ?? "", StringComparison.Ordinal);
        }

        return path;
    }

    private static string? Text(Call call, string name) => ProxmoxValue.Text(call.Arguments, name);

    private sealed record Need(string Path, IReadOnlyList<string> Privileges, string What);
}
