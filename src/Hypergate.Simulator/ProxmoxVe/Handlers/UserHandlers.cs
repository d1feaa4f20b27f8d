using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Access;
using Hypergate.Simulator.ProxmoxVe.Server;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Users and groups.</summary>
internal static class UserHandlers
{
    private static readonly string[] Texts = ["comment", "email", "firstname", "lastname", "keys"];

    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /access/users", List);
        table.Add("POST /access/users", Create);
        table.Add("GET /access/users/{userid}", static call => Detail(call, User(call)));
        table.Add("PUT /access/users/{userid}", Update);
        table.Add("DELETE /access/users/{userid}", Delete);
        table.Add("PUT /access/password", ChangePassword);
        table.Add("GET /access/groups", static call => Rows.Array(call.Cluster.Users.Groups
            .Where(group => call.Cluster.Rights.HasAny(call.Identity, $"/access/groups/{group.Key}", "User.Modify", "Sys.Audit", "Group.Allocate"))
            .Select(static group => Row(("groupid", group.Key), ("comment", group.Value.Comment), ("users", string.Join(',', group.Value.Users))))));
        table.Add("GET /access/groups/{groupid}", static call =>
        {
            var group = Group(call);
            return Row(("comment", group.Comment), ("members", Rows.Array(group.Users.Select(static user => JsonValue.Create(user)))));
        });
        table.Add("POST /access/groups", CreateGroup);
        table.Add("PUT /access/groups/{groupid}", static call =>
        {
            Group(call).Comment = call["comment"];
            return null;
        });
        table.Add("DELETE /access/groups/{groupid}", static call =>
        {
            Group(call, "delete group failed: ");
            var id = call.Parameters.Required("groupid");
            call.Cluster.Users.Groups.Remove(id);
            call.Cluster.Users.Acl.RemoveAll(entry => entry.Type == "group" && entry.Subject == id);
            return null;
        });
    }

    private static JsonArray List(Call call)
    {
        var users = call.Cluster.Users;
        var all = call.Cluster.Rights.HasAny(call.Identity, "/access/groups", "User.Modify", "Sys.Audit");
        var known = users.Groups.Where(group => call.Cluster.Rights.HasAny(call.Identity, $"/access/groups/{group.Key}", "User.Modify", "Sys.Audit"))
            .SelectMany(static group => group.Value.Users)
            .Append(call.User)
            .ToHashSet();
        return Rows.Array(users.Users.Values
            .Where(user => (all || known.Contains(user.UserId)) && (!call.Parameters.Has("enabled") || user.Enabled == call.Flag("enabled")))
            .Select(user => Listed(call, user)));
    }

    private static JsonObject Listed(Call call, Account user)
    {
        var row = Fields(user);
        row["userid"] = user.UserId;
        row["realm-type"] = call.Cluster.Users.Realms.GetValueOrDefault(user.Realm)?.Type;
        if (call.Flag("full"))
        {
            row["groups"] = string.Join(',', GroupsOf(call, user));
            row["tokens"] = Rows.Array(user.Tokens.Select(static token => TokenHandlers.Row(token.Key, token.Value)));
        }

        return row;
    }

    private static JsonObject Detail(Call call, Account user)
    {
        var row = Fields(user);
        row["groups"] = Rows.Array(GroupsOf(call, user).Select(static group => JsonValue.Create(group)));
        if (user.Tokens.Count > 0)
        {
            row["tokens"] = new JsonObject(user.Tokens.Select(static token => KeyValuePair.Create(token.Key, (JsonNode?)token.Value.Info.DeepClone())));
        }

        return row;
    }

    private static JsonObject Fields(Account user)
    {
        var row = Row(("enable", user.Enabled ? 1 : 0), ("expire", user.Expire));
        foreach (var (name, value) in user.Fields)
        {
            row[name] = value;
        }

        return row;
    }

    private static IEnumerable<string> GroupsOf(Call call, Account user) =>
        call.Cluster.Users.Groups.Where(group => group.Value.Users.Contains(user.UserId)).Select(static group => group.Key);

    private static JsonNode? Create(Call call)
    {
        var id = call.Parameters.Required("userid");
        var realm = id[(id.LastIndexOf('@') + 1)..];
        if (!call.Cluster.Users.Realms.ContainsKey(realm))
        {
            throw new PveError($"create user failed: auth domain '{realm}' does not exist");
        }

        if (call.Cluster.Users.Users.ContainsKey(id))
        {
            throw new PveError($"create user failed: user '{id}' already exists");
        }

        var user = new Account { UserId = id, Password = call["password"] };
        user.Fields["email"] = "";
        Apply(call, user, "create user failed: ");
        call.Cluster.Users.Users[id] = user;
        return null;
    }

    private static JsonNode? Update(Call call)
    {
        var user = User(call);
        if (call.Parameters.Has("groups") && !call.Flag("append"))
        {
            foreach (var group in call.Cluster.Users.Groups.Values)
            {
                group.Users.Remove(user.UserId);
            }
        }

        Apply(call, user, "update user failed: ");
        return null;
    }

    private static void Apply(Call call, Account user, string failed)
    {
        foreach (var name in Texts.Where(call.Parameters.Has))
        {
            user.Fields[name] = call[name]!;
        }

        user.Enabled = call.Parameters.Flag("enable", user.Enabled);
        user.Expire = call.Parameters.Integer("expire") ?? user.Expire;
        foreach (var group in call.Parameters.List("groups"))
        {
            (call.Cluster.Users.Groups.GetValueOrDefault(group) ?? throw new PveError($"{failed}no such group '{group}'")).Users.Add(user.UserId);
        }
    }

    private static JsonNode? Delete(Call call)
    {
        var user = User(call);
        var users = call.Cluster.Users;
        users.Users.Remove(user.UserId);
        users.Acl.RemoveAll(entry => entry.Type != "group" && TokenId.User(entry.Subject) == user.UserId);
        foreach (var group in users.Groups.Values)
        {
            group.Users.Remove(user.UserId);
        }

        return null;
    }

    private static JsonNode? ChangePassword(Call call)
    {
        var user = User(call);
        if (!call.IsRoot && (user.UserId == UserConfig.Root || user.Realm == "pam"))
        {
            throw PveError.Forbidden("");
        }

        user.Password = call["password"];
        return null;
    }

    private static JsonNode? CreateGroup(Call call)
    {
        var id = call.Parameters.Required("groupid");
        return call.Cluster.Users.Groups.TryAdd(id, new Group { Comment = call["comment"] })
            ? null
            : throw new PveError($"create group failed: group '{id}' already exists");
    }

    public static Account User(Call call)
    {
        var id = call.Parameters.Required("userid");
        return call.Cluster.Users.Users.GetValueOrDefault(id) ?? throw new PveError($"no such user ('{id}')");
    }

    private static Group Group(Call call, string failed = "")
    {
        var id = call.Parameters.Required("groupid");
        return call.Cluster.Users.Groups.GetValueOrDefault(id) ?? throw new PveError($"{failed}group '{id}' does not exist");
    }
}
