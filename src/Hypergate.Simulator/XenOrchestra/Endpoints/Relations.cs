using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Access;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>What hangs on one object: its disks, messages, tasks, members, roles.</summary>
internal static class Relations
{
    /// <param name="world">Its lock is held.</param>
    /// <param name="owner">The object's collection: <c>vms</c>.</param>
    /// <param name="item">The object.</param>
    /// <param name="what">The last word of the path: <c>vdis</c>.</param>
    public static IEnumerable<(Collection Collection, JsonObject Item)> Of(DataCentre world, string owner, JsonObject item, string what)
    {
        var id = item["id"]!.GetValue<string>();
        return (owner, what) switch
        {
            (_, "vdis") => Disks(world, item),
            (_, "messages") => Where(world["messages"], message => Text(message["$object"]) == id),
            (_, "alarms") => Where(world["alarms"], alarm => Text(alarm["object"]?["uuid"]) == id),
            (_, "tasks") => Where(world["tasks"], task => Concerns(task, id)),
            (_, "backup-jobs") => Where(world["backup-jobs"], job => VmPattern.Fits(job["vms"], item)),
            ("users", "groups") => Where(world["groups"], group => Holds(group["users"], id)),
            ("groups", "users") => Where(world["users"], user => Holds(item["users"], Text(user["id"])!)),
            ("groups", "acl-roles") => Where(world["acl-roles"], role => Rights.RolesOf(item).Contains(Text(role["id"]), StringComparer.Ordinal)),
            ("acl-roles", "users" or "groups") => Where(world[what], holder => Rights.RolesOf(holder).Contains(id, StringComparer.Ordinal)),
            ("acl-roles", "privileges") => Where(world["acl-privileges"], privilege => Text(privilege["roleId"]) == id),
            ("users", "acl-privileges") => Privileges(world, item),
            ("users", "authentication_tokens") => Where(world["authentication-tokens"], token => Text(token["user_id"]) == id),
            _ => throw new InvalidOperationException($"Nothing is known of {what} of {owner}."),
        };
    }

    private static IEnumerable<(Collection, JsonObject)> Disks(DataCentre world, JsonObject vm)
    {
        foreach (var vbd in vm["$VBDs"]!.AsArray().Select(id => world["vbds"].Find(id!.GetValue<string>())))
        {
            if (Text(vbd?["VDI"]) is { } disk && In(disk, world["vdis"], world["vdi-snapshots"]) is { } found)
            {
                yield return found;
            }
        }
    }

    private static (Collection, JsonObject)? In(string id, params Collection[] collections)
    {
        foreach (var collection in collections)
        {
            if (collection.Find(id) is { } item)
            {
                return (collection, item);
            }
        }

        return null;
    }

    private static IEnumerable<(Collection, JsonObject)> Privileges(DataCentre world, JsonObject user)
    {
        var roles = Rights.RoleIds(world, new Caller(user)).ToHashSet(StringComparer.Ordinal);
        return Where(world["acl-privileges"], privilege => roles.Contains(Text(privilege["roleId"])!));
    }

    private static bool Concerns(JsonObject task, string id) =>
        Text(task["properties"]?["objectId"]) == id || Text((task["properties"]?["params"] as JsonObject)?["id"]) == id;

    private static IEnumerable<(Collection, JsonObject)> Where(Collection collection, Func<JsonObject, bool> fits) =>
        collection.All.Where(fits).Select(item => (collection, item));

    private static bool Holds(JsonNode? list, string id) => list is JsonArray ids && ids.Any(own => Text(own) == id);

    private static string? Text(JsonNode? value) => value is JsonValue leaf && leaf.TryGetValue<string>(out var text) ? text : null;
}
