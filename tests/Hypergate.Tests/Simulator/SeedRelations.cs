using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Tests.Simulator;

/// <summary>The relations of the pools' objects, told from both sides, and where a data centre breaks them.</summary>
internal static class SeedRelations
{
    private static readonly string[] Machines = ["vms", "vm-templates", "vm-snapshots", "vm-controllers"];

    /// <summary>Many objects of <c>child</c> name their owner in <c>field</c>; the owner lists them in <c>list</c>.</summary>
    private static readonly (string[] Owners, string List, string[] Children, string Field)[] Both =
    [
        (Machines, "VIFs", ["vifs"], "$VM"),
        (Machines, "$VBDs", ["vbds"], "VM"),
        (["vdis", "vdi-snapshots"], "$VBDs", ["vbds"], "VDI"),
        (["srs"], "VDIs", ["vdis", "vdi-snapshots"], "$SR"),
        (["srs"], "$PBDs", ["pbds"], "SR"),
        (["hosts"], "$PBDs", ["pbds"], "host"),
        (["hosts"], "PIFs", ["pifs"], "$host"),
        (["hosts"], "$PIFs", ["pifs"], "$host"),
        (["hosts"], "PCIs", ["pcis"], "$host"),
        (["hosts"], "PGPUs", ["pgpus"], "$host"),
        (["networks"], "PIFs", ["pifs"], "$network"),
        (["networks"], "VIFs", ["vifs"], "$network"),
        (["vms"], "snapshots", ["vm-snapshots"], "$snapshot_of"),
        (["vdis"], "snapshots", ["vdi-snapshots"], "$snapshot_of"),
        (["acl-roles"], "privilegeIds", ["acl-privileges"], "roleId"),
    ];

    public static IReadOnlyList<string> Broken(DataCentre world) =>
    [
        .. Both.SelectMany(rule => Compare(world, rule.Owners, rule.List, rule.Children, rule.Field)),
        .. Containers(world),
        .. Membership(world),
        .. Usage(world),
    ];

    private static IEnumerable<string> Compare(DataCentre world, string[] owners, string list, string[] children, string field)
    {
        var told = owners.SelectMany(name => world[name].All)
            .SelectMany(owner => Ids(owner, list).Select(child => $"{Id(owner)} > {child}")).ToList();
        var known = children.SelectMany(name => world[name].All)
            .Where(child => child[field] is not null)
            .Select(child => $"{child[field]!.GetValue<string>()} > {Id(child)}").ToHashSet(StringComparer.Ordinal);
        foreach (var twice in told.GroupBy(pair => pair, StringComparer.Ordinal).Where(pair => pair.Count() > 1))
        {
            yield return $"{owners[0]}.{list} has twice {twice.Key}";
        }

        foreach (var pair in told.Where(pair => !known.Contains(pair)))
        {
            yield return $"{owners[0]}.{list} has {pair}, of which {children[0]}.{field} knows nothing";
        }

        foreach (var pair in known.Except(told, StringComparer.Ordinal))
        {
            yield return $"{children[0]}.{field} has {pair}, of which {owners[0]}.{list} knows nothing";
        }
    }

    private static IEnumerable<string> Containers(DataCentre world)
    {
        var residents = world["hosts"].All.SelectMany(host => Ids(host, "residentVms").Select(vm => $"{Id(host)} > {vm}")).ToHashSet(StringComparer.Ordinal);
        foreach (var vm in world["vms"].All.Concat(world["vm-controllers"].All))
        {
            var active = vm["power_state"]!.GetValue<string>() is "Running" or "Paused";
            var container = vm["$container"]!.GetValue<string>();
            if (active != (world["hosts"].Find(container) is not null) || (!active && container != vm["$pool"]!.GetValue<string>()))
            {
                yield return $"{Id(vm)} is {vm["power_state"]} in {container}";
            }

            if (active && !residents.Remove($"{container} > {Id(vm)}"))
            {
                yield return $"{Id(vm)} runs on {container}, which does not know it";
            }
        }

        foreach (var left in residents)
        {
            yield return $"{left}: resident, but not running there";
        }
    }

    private static IEnumerable<string> Membership(DataCentre world)
    {
        var told = world["groups"].All.SelectMany(group => Ids(group, "users").Select(user => $"{Id(group)} > {user}")).ToHashSet(StringComparer.Ordinal);
        var known = world["users"].All.SelectMany(user => Ids(user, "groups").Select(group => $"{group} > {Id(user)}"));
        told.SymmetricExceptWith(known);
        return told.Select(pair => $"group and user disagree: {pair}");
    }

    private static IEnumerable<string> Usage(DataCentre world)
    {
        var sizes = world["vdis"].All.Concat(world["vdi-snapshots"].All)
            .GroupBy(disk => disk["$SR"]!.GetValue<string>(), StringComparer.Ordinal)
            .ToDictionary(disks => disks.Key, disks => disks.Sum(disk => Number(disk, "size")), StringComparer.Ordinal);
        return from sr in world["srs"].All
               let expected = sizes.GetValueOrDefault(Id(sr))
               where expected != Number(sr, "usage")
               select $"{sr["name_label"]} counts {sr["usage"]} bytes for disks of {expected}";
    }

    private static double Number(JsonObject item, string property) =>
        double.Parse(item[property]!.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    private static string Id(JsonObject item) => item["id"]!.GetValue<string>();

    private static IEnumerable<string> Ids(JsonObject item, string list) =>
        item[list]?.AsArray().Select(id => id!.GetValue<string>()) ?? [];
}
