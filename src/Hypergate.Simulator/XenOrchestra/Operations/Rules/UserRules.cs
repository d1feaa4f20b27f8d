using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Users and groups, and who belongs to which.</summary>
internal static class UserRules
{
    public static IEnumerable<OperationRule> All =>
    [
        new("POST /users", CreateUser),
        new("PATCH /users/{id}", UpdateUser),
        new("DELETE /users/{id}", DeleteUser),
        new("POST /groups", CreateGroup),
        new("PATCH /groups/{id}", UpdateGroup),
        new("DELETE /groups/{id}", DeleteGroup),
        new("PUT /groups/{id}/users/{userId}", Join),
        new("DELETE /groups/{id}/users/{userId}", Leave),
    ];

    private static JsonObject CreateUser(OperationContext context)
    {
        var (world, name) = (context.World, context.BodyText("name")!);
        if (IsTaken(world, name))
        {
            throw new XoError(500, $"the user {name} already exists");
        }

        var user = UserRecord.Create(name, context.BodyText("password")!, context.BodyText("permission") ?? "none");
        return RuleContext.Made(user.AddTo(world, "users").Id());
    }

    private static JsonNode? UpdateUser(OperationContext context)
    {
        var (world, user, body) = (context.World, context.Target("users"), context.Body!);
        if (user.Id() == context.UserId && body["permission"] is not null)
        {
            throw XoErrors.Forbidden("update permission", "cannot change own permission");
        }

        if (body.TextOrNull("name") is { } name && name != user.Text("email") && IsTaken(world, name))
        {
            throw XoErrors.AlreadyExists("user");
        }

        world["users"].Change(user.Id(), item =>
        {
            item["name"] = body.TextOrNull("name") ?? item.TextOrNull("name");
            item["email"] = body.TextOrNull("name") ?? item.Text("email");
            item["permission"] = body.TextOrNull("permission") ?? item.Text("permission");
            item["preferences"] = body["preferences"]?.DeepClone() ?? item["preferences"]!.DeepClone();
            item["_password"] = body.TextOrNull("password") ?? item.Text("_password");
        });
        return null;
    }

    private static JsonNode? DeleteUser(OperationContext context)
    {
        var (world, user) = (context.World, context.Target("users"));
        if (user.Id() == context.UserId)
        {
            throw XoErrors.Forbidden("delete user", "a user cannot delete itself");
        }

        foreach (var group in user.Ids("groups"))
        {
            world.Unlink(["groups"], group, "users", user.Id());
        }

        RoleRules.ForgetHolder(world, "userIds", user.Id());
        foreach (var token in world["authentication-tokens"].All.Where(token => token.Text("user_id") == user.Id()).ToList())
        {
            world["authentication-tokens"].Remove(token.Id());
        }

        world["users"].Remove(user.Id());
        return null;
    }

    private static JsonObject CreateGroup(OperationContext context)
    {
        var name = context.BodyText("name")!;
        CheckGroupName(context.World, name);
        var group = new JsonObject { ["name"] = name, ["users"] = new JsonArray(), ["aclRoleIds"] = new JsonArray() };
        return RuleContext.Made(group.AddTo(context.World, "groups").Id());
    }

    private static JsonNode? UpdateGroup(OperationContext context)
    {
        var group = context.Target("groups");
        if (context.BodyText("name") is { } name && name != group.Text("name"))
        {
            CheckGroupName(context.World, name);
            context.World["groups"].Change(group.Id(), item => item["name"] = name);
        }

        return null;
    }

    private static JsonNode? DeleteGroup(OperationContext context)
    {
        var (world, group) = (context.World, context.Target("groups"));
        foreach (var user in group.Ids("users"))
        {
            world.Unlink(["users"], user, "groups", group.Id());
        }

        RoleRules.ForgetHolder(world, "groupIds", group.Id());
        world["groups"].Remove(group.Id());
        return null;
    }

    private static JsonNode? Join(OperationContext context)
    {
        var (world, group) = (context.World, context.Target("groups"));
        var user = world.Require("users", context.Path["userId"]);
        if (!group.Ids("users").Contains(user.Id(), StringComparer.Ordinal))
        {
            world.Link(["groups"], group.Id(), "users", user.Id());
            world.Link(["users"], user.Id(), "groups", group.Id());
        }

        return null;
    }

    private static JsonNode? Leave(OperationContext context)
    {
        var (world, group) = (context.World, context.Target("groups"));
        var user = world.Require("users", context.Path["userId"]);
        world.Unlink(["groups"], group.Id(), "users", user.Id());
        world.Unlink(["users"], user.Id(), "groups", group.Id());
        return null;
    }

    private static void CheckGroupName(DataCentre world, string name)
    {
        if (world["groups"].All.Any(group => group.Text("name") == name))
        {
            throw XoErrors.AlreadyExists("group");
        }
    }

    private static bool IsTaken(DataCentre world, string name) => world["users"].All.Any(user => user.Text("email") == name);
}
