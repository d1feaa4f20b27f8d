using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Access;
using Hypergate.Simulator.ProxmoxVe.Server;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Roles: those that come with the platform, and others.</summary>
internal static class RoleHandlers
{
    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /access/roles", static call => Rows.Array(
            Privileges.Roles.Select(static role => Listed(role.Key, role.Value, 1))
                .Concat(call.Cluster.Users.OwnRoles.Select(static role => Listed(role.Key, role.Value, 0)))));
        table.Add("GET /access/roles/{roleid}", static call => new JsonObject(
            Known(call, "").Select(static privilege => KeyValuePair.Create(privilege, (JsonNode?)1))));
        table.Add("POST /access/roles", Create);
        table.Add("PUT /access/roles/{roleid}", Update);
        table.Add("DELETE /access/roles/{roleid}", Delete);
    }

    private static JsonObject Listed(string name, IEnumerable<string> privileges, int special) =>
        Row(("roleid", name), ("privs", string.Join(',', privileges)), ("special", special));

    private static JsonNode? Create(Call call)
    {
        var name = call.Parameters.Required("roleid");
        if (name.StartsWith("PVE", StringComparison.Ordinal))
        {
            throw PveError.Parameter("roleid", "cannot use role ID starting with the (case-insensitive) 'PVE' namespace");
        }

        if (call.Cluster.Users.Role(name) is not null)
        {
            throw new PveError($"create role failed: role '{name}' already exists");
        }

        call.Cluster.Users.OwnRoles[name] = new SortedSet<string>(call.Parameters.List("privs"), StringComparer.Ordinal);
        return null;
    }

    private static JsonNode? Update(Call call)
    {
        DemandOwn(call, "modified");
        Known(call, "update role failed: ");
        var privileges = call.Cluster.Users.OwnRoles[call.Parameters.Required("roleid")];
        if (!call.Flag("append"))
        {
            privileges.Clear();
        }

        privileges.UnionWith(call.Parameters.List("privs"));
        return null;
    }

    private static JsonNode? Delete(Call call)
    {
        DemandOwn(call, "deleted");
        Known(call, "delete role failed: ");
        var name = call.Parameters.Required("roleid");
        call.Cluster.Users.OwnRoles.Remove(name);
        call.Cluster.Users.Acl.RemoveAll(entry => entry.Role == name);
        return null;
    }

    private static void DemandOwn(Call call, string done)
    {
        if (call["roleid"] is { } name && Privileges.Roles.ContainsKey(name))
        {
            throw new PveError($"auto-generated role '{name}' cannot be {done}");
        }
    }

    private static IReadOnlySet<string> Known(Call call, string failed)
    {
        var name = call.Parameters.Required("roleid");
        return call.Cluster.Users.Role(name) ?? throw new PveError($"{failed}role '{name}' does not exist");
    }
}
