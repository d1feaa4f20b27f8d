using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Access;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.World;
using Hypergate.Simulator.PxCloud.World.Seed;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>Sessions, users, roles, grants.</summary>
internal static class AccessHandlers
{
    public static void Add(Dictionary<string, Func<PxCall, JsonNode?>> handlers, Sessions sessions)
    {
        handlers["login"] = call => Login(call, sessions);
        handlers["logout"] = call => Logout(call, sessions);
        handlers["me"] = Me;
        handlers["create-token"] = CreateToken;
        handlers["create-user"] = CreateUser;
        handlers["set-password"] = SetPassword;
        handlers["update-role"] = UpdateRole;
        handlers["delete-role"] = DeleteRole;
        handlers["put-acl"] = PutAcl;
    }

    private static JsonObject Login(PxCall call, Sessions sessions)
    {
        var (token, who) = sessions.Open(call.Text("username")!, call.Text("password")!, call.Text("otp"));
        var data = new JsonObject { ["token"] = token, ["user"] = who.User };
        if (call.World.Options.TellsExpiry)
        {
            data["expires_at"] = who.Ends;
        }

        return new JsonObject { ["data"] = data };
    }

    private static JsonNode? Logout(PxCall call, Sessions sessions)
    {
        sessions.Close(call.Who!);
        return null;
    }

    private static JsonObject Me(PxCall call) => new()
    {
        ["username"] = call.User,
        ["role"] = call.Who!.Role,
        ["privileges"] = Objects.Words(Privileges.Of(call.World, call.Who.Role)),
        ["expires_at"] = call.Who.Ends,
    };

    private static JsonObject CreateToken(PxCall call)
    {
        Demand(call, "users", "username", call.Text("user")!);
        var secret = $"pxt_{call.World.Dice.NextInt64():x16}{call.World.Dice.NextInt64():x16}";
        var id = PlaceSeed.Add(call.World, "tokens", new JsonObject
        {
            ["name"] = call.Text("name"),
            ["user"] = call.Text("user"),
            ["created_at"] = call.World.Seconds,
            ["last_used"] = null,
            ["_secret"] = secret,
        });
        var shown = call.World.Get("tokens", id).Shown();
        shown["token"] = secret;
        return shown;
    }

    private static JsonObject CreateUser(PxCall call)
    {
        var name = call.Text("username")!;
        if (call.World["users"].Exists(user => user.Text("username") == name))
        {
            throw PxError.Conflict($"There is a user '{name}' already.");
        }

        Demand(call, "roles", "name", call.Text("role")!);
        var id = PlaceSeed.Add(call.World, "users", new JsonObject
        {
            ["username"] = name,
            ["email"] = call.Text("email"),
            ["role"] = call.Text("role"),
            ["enabled"] = true,
            ["locked"] = false,
            ["mfa"] = false,
            ["last_login"] = null,
            ["_password"] = call.Text("password"),
        });
        return call.World.Get("users", id).Shown();
    }

    private static JsonNode? SetPassword(PxCall call)
    {
        call.World.Get("users", call.Last)["_password"] = call.Text("password");
        return null;
    }

    private static JsonObject UpdateRole(PxCall call)
    {
        var role = Changeable(call);
        role["privileges"] = call.Fields["privileges"]!.DeepClone();
        return role.Shown();
    }

    private static JsonNode? DeleteRole(PxCall call)
    {
        var role = Changeable(call);
        if (call.World["users"].Find(user => user.Text("role") == role.Text("name")) is { } holder)
        {
            throw PxError.Conflict($"{holder.Text("username")} still has the role {role.Text("name")}.");
        }

        call.World["roles"].Remove(role);
        return null;
    }

    private static JsonObject Changeable(PxCall call)
    {
        var role = call.World.Get("roles", call.Last);
        return role.Flag("builtin") ? throw PxError.Conflict($"The role {role.Text("name")} is built in.") : role;
    }

    private static JsonObject PutAcl(PxCall call)
    {
        if (call.Text("user") is null == call.Text("group") is null)
        {
            throw PxError.Senseless("A grant is for a user or for a group.");
        }

        Demand(call, "roles", "name", call.Text("role")!);
        var id = PlaceSeed.Add(call.World, "acl", new JsonObject
        {
            ["path"] = call.Text("path"),
            ["role"] = call.Text("role"),
            ["user"] = call.Text("user"),
            ["group"] = call.Text("group"),
            ["propagate"] = call.Flag("propagate"),
        });
        return call.World.Get("acl", id).Shown();
    }

    private static void Demand(PxCall call, string collection, string key, string value)
    {
        if (!call.World[collection].Exists(item => item.Text(key) == value))
        {
            throw PxError.Senseless($"There is no {Kinds.NameOf(collection)} '{value}'.");
        }
    }
}
