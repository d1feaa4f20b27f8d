using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Access;
using Hypergate.Simulator.ProxmoxVe.Server;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>The access list, roles, realms and effective permissions.</summary>
internal static class RightsHandlers
{
    private static readonly string[] TopPaths = ["/", "/access", "/access/groups", "/nodes", "/pool", "/sdn", "/storage", "/vms"];

    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /access/acl", List);
        table.Add("PUT /access/acl", Update);
        table.Add("GET /access/permissions", Permissions);
        table.Add("GET /access/domains", static call => Rows.Array(call.Cluster.Users.Realms.Values.Select(static realm =>
            Row(("realm", realm.Name), ("type", realm.Type), ("comment", realm.Comment), ("default", realm.Default ? 1 : null)))));
        RoleHandlers.AddTo(table);
    }

    private static JsonArray List(Call call)
    {
        var audit = call.May("/access", "Sys.Audit");
        return Rows.Array(call.Cluster.Users.Acl.Where(entry => audit || MayModify(call, entry.Path)).Select(static entry => Row(
            ("path", entry.Path), ("type", entry.Type), ("ugid", entry.Subject), ("roleid", entry.Role), ("propagate", entry.Propagate ? 1 : 0))));
    }

    private static bool MayModify(Call call, string path)
    {
        try
        {
            call.Cluster.Permissions.Modify(path, call.Identity);
            return true;
        }
        catch (PveError)
        {
            return false;
        }
    }

    private static JsonNode? Update(Call call)
    {
        if (!call.Parameters.Has("users") && !call.Parameters.Has("groups") && !call.Parameters.Has("tokens"))
        {
            const string Missing = "either 'users', 'groups' or 'tokens' is required.";
            throw PveError.Parameters(new Dictionary<string, string> { ["users"] = Missing, ["groups"] = Missing, ["tokens"] = Missing });
        }

        var path = AclPath.Normalize(call.Parameters.Required("path"));
        if (path is null || (!call.Flag("delete") && !AclPath.IsValid(path)))
        {
            throw PveError.Parameter("path", $"invalid ACL path '{call["path"]}'");
        }

        foreach (var role in call.Parameters.List("roles"))
        {
            DemandRole(call, path, role);
            Apply(call, path, role);
        }

        return null;
    }

    // Who may not modify permissions as such can only hand out what he has.
    private static void DemandRole(Call call, string path, string role)
    {
        var privileges = call.Cluster.Users.Role(role) ?? throw new PveError($"ACL update failed: role '{role}' does not exist");
        var mine = call.Cluster.Rights.On(call.Identity, path);
        if (mine.ContainsKey("Permissions.Modify"))
        {
            return;
        }

        var verb = call.Flag("delete") ? "remove" : "add";
        if (privileges.Any(privilege => !mine.ContainsKey(privilege)))
        {
            throw PveError.Parameter("role", $"Cannot {verb} role '{role}' - requires 'Permissions.Modify' or superset of privileges.");
        }
    }

    private static void Apply(Call call, string path, string role)
    {
        var users = call.Cluster.Users;
        var subjects = call.Parameters.List("groups").Select(group => (Type: "group", Id: group, Known: users.Groups.ContainsKey(group)))
            .Concat(call.Parameters.List("users").Select(user => (Type: "user", Id: user, Known: users.Users.ContainsKey(user))))
            .Concat(call.Parameters.List("tokens").Select(token => (Type: "token", Id: token, Known: users.Token(token) is not null)));
        foreach (var (type, id, known) in subjects)
        {
            if (!known)
            {
                var text = TokenId.Split(id) is var (user, token) ? $"no such token '{token}' for user '{user}'" : $"{type} '{id}' does not exist";
                throw new PveError($"ACL update failed: {text}");
            }

            users.Acl.RemoveAll(entry => entry.Path == path && entry.Type == type && entry.Subject == id && entry.Role == role);
            if (!call.Flag("delete"))
            {
                users.Acl.Add(new AclEntry(path, type, id, role, call.Parameters.Flag("propagate", true)));
            }
        }
    }

    private static JsonObject Permissions(Call call)
    {
        var who = call["userid"] ?? call.Identity;
        if (who != call.Identity && TokenId.User(who) != call.Identity)
        {
            call.Need("/access", "Sys.Audit");
        }

        var paths = call["path"] is { } one
            ? [AclPath.Normalize(one) ?? throw PveError.Parameter("path", $"invalid path - {one}")]
            : Paths(call);
        var result = new JsonObject();
        foreach (var path in paths)
        {
            var granted = call.Cluster.Rights.On(who, path);
            if (granted.Count > 0 || call.Parameters.Has("path"))
            {
                result[path] = new JsonObject(granted.Select(static entry => KeyValuePair.Create(entry.Key, (JsonNode?)(entry.Value ? 1 : 0))));
            }
        }

        return result;
    }

    /// <summary>The top of the tree, what the access list names, and the members of pools.</summary>
    private static SortedSet<string> Paths(Call call)
    {
        var paths = new SortedSet<string>(TopPaths, StringComparer.Ordinal);
        paths.UnionWith(call.Cluster.Users.Acl.SelectMany(static entry => AclPath.Chain(entry.Path)));
        foreach (var pool in call.Cluster.Pools.Values)
        {
            paths.UnionWith(pool.Guests.Select(static id => $"/vms/{id}"));
            paths.UnionWith(pool.Storages.Select(static id => $"/storage/{id}"));
        }

        return paths;
    }
}
