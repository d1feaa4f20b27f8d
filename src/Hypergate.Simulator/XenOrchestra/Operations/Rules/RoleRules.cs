using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Roles, their privileges, and who has them. The built-in ones can only be copied.</summary>
internal static class RoleRules
{
    public static IEnumerable<OperationRule> All =>
    [
        new("POST /acl-roles", Create),
        new("PATCH /acl-roles/{id}", Update),
        new("DELETE /acl-roles/{id}", Delete),
        new("POST /acl-roles/{id}/actions/copy", Copy) { TaskName = "copy role" },
        new("PUT /acl-roles/{id}/users/{userId}", context => Attach(context, Users)),
        new("DELETE /acl-roles/{id}/users/{userId}", context => Detach(context, Users)),
        new("PUT /acl-roles/{id}/groups/{groupId}", context => Attach(context, Groups)),
        new("DELETE /acl-roles/{id}/groups/{groupId}", context => Detach(context, Groups)),
        new("POST /acl-privileges", CreatePrivilege),
        new("PATCH /acl-privileges/{id}", UpdatePrivilege),
        new("DELETE /acl-privileges/{id}", DeletePrivilege),
    ];

    // A user's own roles are no part of what the server shows of him.
    private static readonly Holders Users = new("users", "userId", "userIds", "_aclRoleIds");
    private static readonly Holders Groups = new("groups", "groupId", "groupIds", "aclRoleIds");

    /// <summary>A user or group is gone: no role knows it any more.</summary>
    /// <param name="list"><c>userIds</c> or <c>groupIds</c>.</param>
    public static void ForgetHolder(DataCentre world, string list, string id)
    {
        foreach (var role in world["acl-roles"].All.Where(role => role.Ids(list).Contains(id, StringComparer.Ordinal)).ToList())
        {
            world.Unlink(["acl-roles"], role.Id(), list, id);
        }
    }

    private static JsonObject Create(OperationContext context) =>
        RuleContext.Made(Add(context.World, context.BodyText("name")!, context.BodyText("description")).Id());

    private static JsonObject Add(DataCentre world, string name, string? description)
    {
        var role = new JsonObject { ["name"] = name };
        if (description is not null)
        {
            role["description"] = description;
        }

        role["privilegeIds"] = new JsonArray();
        role["userIds"] = new JsonArray();
        role["groupIds"] = new JsonArray();
        return role.AddTo(world, "acl-roles");
    }

    private static JsonNode? Update(OperationContext context)
    {
        var role = Own(context.Target("acl-roles"), "update role");
        context.World["acl-roles"].Change(role.Id(), item =>
        {
            foreach (var (name, value) in context.Body!)
            {
                if (value is null)
                {
                    item.Remove(name);
                    continue;
                }

                item[name] = value.DeepClone();
            }
        });
        return null;
    }

    private static JsonNode? Delete(OperationContext context)
    {
        var (world, role) = (context.World, Own(context.Target("acl-roles"), "delete role"));
        foreach (var holders in new[] { Users, Groups })
        {
            foreach (var id in role.Ids(holders.List))
            {
                world.Unlink([holders.Collection], id, holders.Roles, role.Id());
            }
        }

        foreach (var id in role.Ids("privilegeIds"))
        {
            world["acl-privileges"].Remove(id);
        }

        world["acl-roles"].Remove(role.Id());
        return null;
    }

    private static JsonObject Copy(OperationContext context)
    {
        var (world, role) = (context.World, context.Target("acl-roles"));
        var copy = Add(
            world,
            context.BodyText("name") ?? $"{role.Text("name")} (copy)",
            context.BodyText("description") ?? role.TextOrNull("description"));
        foreach (var id in role.Ids("privilegeIds"))
        {
            var privilege = world.Require("acl-privileges", id).DeepClone().AsObject();
            privilege["roleId"] = copy.Id();
            AddPrivilege(world, privilege);
        }

        return RuleContext.Made(copy.Id());
    }

    private static JsonNode? Attach(OperationContext context, Holders holders)
    {
        var (world, role) = (context.World, Own(context.Target("acl-roles"), "attach role"));
        var holder = world.Require(holders.Collection, context.Path[holders.Placeholder]);
        if (role.Ids(holders.List).Contains(holder.Id(), StringComparer.Ordinal))
        {
            throw XoErrors.AlreadyExists($"acl-v2-{world[holders.Collection].Type}-role");
        }

        world.Link(["acl-roles"], role.Id(), holders.List, holder.Id());
        world[holders.Collection].Change(holder.Id(), item =>
        {
            var roles = item[holders.Roles] as JsonArray ?? [];
            item[holders.Roles] = roles;
            roles.Add(role.Id());
        });
        return null;
    }

    private static JsonNode? Detach(OperationContext context, Holders holders)
    {
        var (world, role) = (context.World, context.Target("acl-roles"));
        var holder = world.Require(holders.Collection, context.Path[holders.Placeholder]);
        if (role.Ids(holders.List).Contains(holder.Id(), StringComparer.Ordinal))
        {
            world.Unlink(["acl-roles"], role.Id(), holders.List, holder.Id());
            world.Unlink([holders.Collection], holder.Id(), holders.Roles, role.Id());
        }

        return null;
    }

    private static JsonObject CreatePrivilege(OperationContext context)
    {
        Own(context.World.Require("acl-roles", context.BodyText("roleId")!), "create privilege");
        return RuleContext.Made(AddPrivilege(context.World, context.Body!.DeepClone().AsObject()).Id());
    }

    private static JsonObject AddPrivilege(DataCentre world, JsonObject privilege)
    {
        privilege.AddTo(world, "acl-privileges");
        world.Link(["acl-roles"], privilege.Text("roleId"), "privilegeIds", privilege.Id());
        return privilege;
    }

    private static JsonNode? UpdatePrivilege(OperationContext context)
    {
        var privilege = OwnPrivilege(context, "update privilege");
        context.World["acl-privileges"].Change(privilege.Id(), item =>
        {
            foreach (var (name, value) in context.Body!)
            {
                item[name] = value?.DeepClone();
            }
        });
        return null;
    }

    private static JsonNode? DeletePrivilege(OperationContext context)
    {
        var privilege = OwnPrivilege(context, "delete privilege");
        context.World.Unlink(["acl-roles"], privilege.Text("roleId"), "privilegeIds", privilege.Id());
        context.World["acl-privileges"].Remove(privilege.Id());
        return null;
    }

    private static JsonObject OwnPrivilege(OperationContext context, string operation)
    {
        var privilege = context.Target("acl-privileges");
        Own(context.World.Require("acl-roles", privilege.Text("roleId")), operation);
        return privilege;
    }

    private static JsonObject Own(JsonObject role, string operation) => role.Flag("isTemplate")
        ? throw XoErrors.Forbidden(operation, "role is a template")
        : role;

    /// <summary>The two kinds of those who can have a role, and where each side notes the other.</summary>
    private sealed record Holders(string Collection, string Placeholder, string List, string Roles);
}
