using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.World;
using Hypergate.Simulator.PxCloud.World.Seed;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>Pools, subnets and addresses.</summary>
internal static class AddressHandlers
{
    public static void Add(Dictionary<string, Func<PxCall, JsonNode?>> handlers)
    {
        handlers["create-pool"] = CreatePool;
        handlers["update-pool"] = UpdatePool;
        handlers["delete-pool"] = DeletePool;
        handlers["create-subnet"] = CreateSubnet;
        handlers["delete-subnet"] = DeleteSubnet;
        handlers["assign-ip"] = Assign;
        handlers["release-ip"] = static call => Set(call, "free", null, null);
        handlers["reserve-ip"] = static call => Free(call.World.Get("addresses", call.Last)) is not null ? Set(call, "reserved", null, call.Text("note")) : null;
        handlers["ip-conflicts"] = static call => Objects.Rows(call.World["addresses"].Where(static address => address.Text("state") == "conflict"));
        handlers["validate-cidr"] = Validate;
    }

    private static JsonObject CreatePool(PxCall call)
    {
        var name = call.Text("name")!;
        if (call.World.TryGet("pools", name) is not null)
        {
            throw PxError.Conflict($"There is a pool '{name}' already.");
        }

        Demand(call.Text("cidr")!);
        var pool = (JsonObject)call.Fields.DeepClone();
        call.World["pools"].Add(pool);
        return pool.Shown();
    }

    // The name of the path is the old one, that of the body the new one.
    private static JsonObject UpdatePool(PxCall call)
    {
        var pool = call.World.Get("pools", call.Last);
        foreach (var (field, value) in call.Fields.Where(static pair => pair.Key is "name" or "gateway" or "dns" or "description"))
        {
            pool[field] = value?.DeepClone();
        }

        call.World["subnets"].FindAll(subnet => subnet.Text("pool") == call.Last).ForEach(subnet => subnet["pool"] = pool.Text("name"));
        return pool.Shown();
    }

    private static JsonNode? DeletePool(PxCall call)
    {
        var pool = call.World.Get("pools", call.Last);
        if (call.World["subnets"].Exists(subnet => subnet.Text("pool") == call.Last))
        {
            throw PxError.Conflict($"The pool {call.Last} still has subnets.");
        }

        call.World["pools"].Remove(pool);
        return null;
    }

    private static JsonObject CreateSubnet(PxCall call)
    {
        call.World.Get("pools", call.Text("pool")!);
        Demand(call.Text("cidr")!);
        return call.World.Get("subnets", AddressSeed.Subnet(call.World, call.Text("pool")!, call.Text("cidr")!, call.Number("vlan"))).Shown();
    }

    private static JsonNode? DeleteSubnet(PxCall call)
    {
        var subnet = call.World.Get("subnets", call.Last);
        if (call.World["addresses"].Find(address => address.Text("subnet") == call.Last && address.Text("state") is "assigned" or "conflict") is { } used)
        {
            throw PxError.Conflict($"{used.Text("address")} is still in use.");
        }

        call.World["addresses"].RemoveAll(address => address.Text("subnet") == call.Last);
        call.World["subnets"].Remove(subnet);
        return null;
    }

    private static JsonObject Assign(PxCall call)
    {
        call.World.Get("subnets", call.Last);
        var vm = call.World.Get("vms", call.Text("vm_id")!);
        var own = call.World["addresses"].FindAll(address => address.Text("subnet") == call.Last);
        var address = call.Text("address") is { } wish
            ? Free(own.Find(known => known.Text("address") == wish) ?? throw PxError.NotFound("address", wish))
            : own.Find(static known => known.Text("state") == "free") ?? throw PxError.Conflict("No address of the subnet is free.");
        (address["state"], address["vm_id"], address["note"]) = ("assigned", vm.Text("id"), call.Text("note"));
        vm["ip"] = address.Text("address");
        return address.Shown();
    }

    private static JsonObject Set(PxCall call, string state, string? vm, string? note)
    {
        var address = call.World.Get("addresses", call.Last);
        if (call.World["vms"].Find(known => known.Text("ip") == address.Text("address")) is { } holder)
        {
            holder["ip"] = null;
        }

        (address["state"], address["vm_id"], address["note"]) = (state, vm, note);
        return address.Shown();
    }

    private static JsonObject Free(JsonObject address) => address.Text("state") == "free"
        ? address
        : throw PxError.Conflict($"{address.Text("address")} is {address.Text("state")}.");

    private static JsonObject Validate(PxCall call)
    {
        var (_, hosts) = AddressSeed.Range(call.Text("cidr")!);
        return new JsonObject { ["valid"] = hosts > 0, ["total"] = hosts > 0 ? hosts : null, ["problem"] = hosts > 0 ? null : "not a range of IPv4 with 20 to 30 bits" };
    }

    private static void Demand(string cidr)
    {
        if (AddressSeed.Range(cidr).Hosts == 0)
        {
            throw PxError.Senseless($"'{cidr}' is not a range of IPv4 with 20 to 30 bits.");
        }
    }
}
