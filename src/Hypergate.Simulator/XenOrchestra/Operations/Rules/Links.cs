using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Changes on both sides of a relation.</summary>
internal static class Links
{
    public static readonly string[] Machines = ["vms", "vm-templates", "vm-snapshots", "vm-controllers"];
    public static readonly string[] Disks = ["vdis", "vdi-snapshots"];

    /// <summary>The object with this id in one of several collections.</summary>
    public static (Collection Collection, JsonObject Item)? FindIn(this DataCentre world, string[] collections, string? id)
    {
        foreach (var name in id is null ? [] : collections)
        {
            if (world[name].Find(id!) is { } item)
            {
                return (world[name], item);
            }
        }

        return null;
    }

    public static void Change(this DataCentre world, string[] collections, string? id, Action<JsonObject> change) =>
        world.FindIn(collections, id)?.Collection.Change(id!, change);

    /// <summary>Adds an id to a list of the owner.</summary>
    public static void Link(this DataCentre world, string[] owners, string? owner, string list, string id) =>
        world.Change(owners, owner, item => item.List(list).Add(id));

    /// <summary>Takes an id out of a list of the owner, if there is such an owner.</summary>
    public static void Unlink(this DataCentre world, string[] owners, string? owner, string list, string id) =>
        world.Change(owners, owner, item => item.List(list).Drop(id));

    public static void Drop(this JsonArray list, string id)
    {
        for (var index = list.Count - 1; index >= 0; index--)
        {
            if (list[index]!.GetValue<string>() == id)
            {
                list.RemoveAt(index);
            }
        }
    }
}
