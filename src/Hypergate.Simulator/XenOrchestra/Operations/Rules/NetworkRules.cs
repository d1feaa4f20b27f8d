using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Networks, with the host interfaces that belong to them.</summary>
internal static class NetworkRules
{
    public static IEnumerable<OperationRule> All =>
    [
        new("POST /pools/{id}/actions/create_network", CreateVlan) { TaskName = "create network" },
        new("POST /pools/{id}/actions/create_bonded_network", CreateBond) { TaskName = "create bonded network" },
        new("POST /pools/{id}/actions/create_internal_network", CreateInternal) { TaskName = "create internal network" },
        new("DELETE /networks/{id}", Delete),
    ];

    public static void AddInterface(DataCentre world, JsonObject network, JsonObject pif, string host)
    {
        pif["$host"] = host;
        pif["$network"] = network.Id();
        pif.AddTo(world, "pifs", network.Pool());
        world.Link(["networks"], network.Id(), "PIFs", pif.Id());
        world.Link(["hosts"], host, "PIFs", pif.Id());
        world.Link(["hosts"], host, "$PIFs", pif.Id());
    }

    public static void RemoveInterface(DataCentre world, string id)
    {
        var pif = world.Require("pifs", id);
        foreach (var slave in world["pifs"].All.Where(other => other.TextOrNull("bondMaster") == id).ToList())
        {
            world["pifs"].Change(slave.Id(), item =>
            {
                item.Remove("bondMaster");
                item["isBondSlave"] = false;
            });
        }

        world.Unlink(["networks"], pif.Text("$network"), "PIFs", id);
        world.Unlink(["hosts"], pif.Text("$host"), "PIFs", id);
        world.Unlink(["hosts"], pif.Text("$host"), "$PIFs", id);
        world["pifs"].Remove(id);
    }

    private static JsonObject CreateVlan(OperationContext context)
    {
        var (world, body) = (context.World, context.Body!);
        var pif = InterfaceOf(context, body.Text("pif"));
        var vlan = (int)body.Number("vlan");
        if (world["pifs"].All.Any(other => other.Pool() == pif.Pool() && IsSame(other, pif) && other.Number("vlan") == vlan))
        {
            throw XoErrors.Hypervisor("PIF_VLAN_EXISTS", pif.Reference());
        }

        var network = AddNetwork(context);
        foreach (var trunk in world["pifs"].All.Where(other => IsSame(other, pif) && other.Flag("physical")).ToList())
        {
            var tagged = NetworkRecord.CreateInterface(trunk.Text("device"), (int)network.Number("MTU"), vlan, trunk.Text("mac"));
            AddInterface(world, network, tagged, trunk.Text("$host"));
        }

        return RuleContext.Made(network.Id());
    }

    private static JsonObject CreateBond(OperationContext context)
    {
        var (world, body) = (context.World, context.Body!);
        JsonObject[] slaves = [.. body.Ids("pifIds").Select(id => InterfaceOf(context, id))];
        if (slaves.FirstOrDefault(slave => slave.Flag("isBondSlave")) is { } bonded)
        {
            throw XoErrors.Hypervisor("PIF_ALREADY_BONDED", bonded.Reference());
        }

        var network = AddNetwork(context);
        world["networks"].Change(network.Id(), item => item["isBonded"] = true);
        var number = world["pifs"].All.Count(pif => pif.Pool() == network.Pool() && pif.Flag("isBondMaster"));
        foreach (var group in slaves.GroupBy(slave => slave.Text("$host"), StringComparer.Ordinal))
        {
            var master = NetworkRecord.CreateInterface($"bond{number}", (int)network.Number("MTU"), -1, group.First().Text("mac"));
            master["isBondMaster"] = true;
            master["bondSlaves"] = XapiRecord.Texts(group.Select(slave => slave.Id()));
            AddInterface(world, network, master, group.Key);
            foreach (var slave in group)
            {
                world["pifs"].Change(slave.Id(), item =>
                {
                    item["isBondSlave"] = true;
                    item["bondMaster"] = master.Id();
                });
            }
        }

        return RuleContext.Made(network.Id());
    }

    private static JsonObject CreateInternal(OperationContext context) => RuleContext.Made(AddNetwork(context).Id());

    private static JsonObject AddNetwork(OperationContext context)
    {
        var (world, pool, body) = (context.World, context.Target("pools"), context.Body!);
        var taken = world["networks"].All.Where(network => network.Pool() == pool.Id()).Select(network => network.Text("bridge")).ToList();
        var bridge = Enumerable.Range(0, taken.Count + 1).Select(number => $"xapi{number}").First(name => !taken.Contains(name));
        var mtu = body["mtu"] is null ? 1500 : (int)body.Number("mtu");
        return NetworkRecord.Create(body.Text("name"), body.TextOrNull("description") ?? "", bridge, mtu, body.Flag("nbd"))
            .AddTo(world, "networks", pool.Id());
    }

    private static JsonNode? Delete(OperationContext context)
    {
        var (world, network) = (context.World, context.Target("networks"));
        if (network.Ids("VIFs") is [var vif, ..])
        {
            throw XoErrors.Hypervisor("NETWORK_CONTAINS_VIF", world.Require("vifs", vif).Reference());
        }

        JsonObject[] pifs = [.. network.Ids("PIFs").Select(id => world.Require("pifs", id))];
        if (pifs.FirstOrDefault(pif => pif.Flag("physical") && !pif.Flag("isBondMaster")) is { } physical)
        {
            throw XoErrors.Hypervisor("NETWORK_CONTAINS_PIF", physical.Reference());
        }

        foreach (var pif in pifs)
        {
            RemoveInterface(world, pif.Id());
        }

        world["networks"].Remove(network.Id());
        return null;
    }

    private static JsonObject InterfaceOf(OperationContext context, string id)
    {
        var pif = context.World.Require("pifs", id);
        return pif.Pool() == context.Target("pools").Id()
            ? pif
            : throw XoErrors.Invalid($"PIF {id} does not belong to pool {context.Id}");
    }

    private static bool IsSame(JsonObject pif, JsonObject other) =>
        pif.Pool() == other.Pool() && pif.Text("device") == other.Text("device");
}
