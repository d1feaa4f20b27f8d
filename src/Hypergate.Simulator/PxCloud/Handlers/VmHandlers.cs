using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.World;
using Hypergate.Simulator.PxCloud.World.Seed;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>Machines: what is done at once.</summary>
internal static class VmHandlers
{
    public static void Add(Dictionary<string, Func<PxCall, JsonNode?>> handlers)
    {
        handlers["templates"] = static call => Objects.Rows(call.World["vms"].Where(static vm => vm.Flag("template")).Select(Row));
        handlers["by-ids"] = static call => Objects.Rows(call.Query["ids"].Select(id => Row(call.World.Get("vms", id))));
        handlers["search-vms"] = static call => Objects.Rows(call.World["vms"].Where(vm => Fits(call, vm)).Select(Row));
        handlers["vm-metrics"] = static call => Figures.Of(call, call.World.Get("vms", call.Last));
        handlers["vm-config"] = Config;
        handlers["vm-template"] = Template;
        handlers["set-tags"] = SetTags;
        handlers["batch-tags"] = BatchTags;
        handlers["batch-power"] = BatchPower;
        handlers["console-share"] = Share;
    }

    /// <summary>A machine as lists show it.</summary>
    public static JsonObject Row(JsonObject vm)
    {
        string[] shown = ["id", "name", "vmid", "cluster", "node", "platform", "status", "cpu", "memory_mb", "tags", "template", "ip", "uptime"];
        return new JsonObject(shown.Select(name => KeyValuePair.Create(name, vm[name]?.DeepClone())));
    }

    /// <summary>The machine of a path, which no task holds.</summary>
    public static JsonObject Free(PxCall call)
    {
        var vm = call.World.Get("vms", call.Path["id"]);
        return vm.Text("_lock") is { } holder ? throw PxError.Locked(vm.Text("id")!, holder) : vm;
    }

    /// <summary>The same, stopped.</summary>
    public static JsonObject Stopped(PxCall call)
    {
        var vm = Free(call);
        return vm.Text("status") == "stopped" ? vm : throw PxError.Conflict($"{vm.Text("name")} is {vm.Text("status")}; stop it first.");
    }

    private static bool Fits(PxCall call, JsonObject vm) =>
        In(call, "statuses", vm.Text("status")) && In(call, "clusters", vm.Text("cluster"))
        && (call.Fields.List("tags").Count == 0 || vm.Texts("tags").Intersect(call.Fields.Texts("tags")).Any())
        && vm.Number("memory_mb") >= call.Fields.Number("min_memory_mb");

    private static bool In(PxCall call, string field, string? value) => call.Fields.List(field).Count == 0 || call.Fields.Texts(field).Contains(value);

    private static JsonObject Config(PxCall call)
    {
        var vm = Stopped(call);
        vm["cpu"] = call.Number("cpu") ?? (int)vm.Number("cpu");
        vm["memory_mb"] = call.Number("memory_mb") ?? vm.Number("memory_mb");
        return vm.Shown();
    }

    private static JsonObject Template(PxCall call)
    {
        var vm = Stopped(call);
        vm["template"] = true;
        return vm.Shown();
    }

    private static JsonObject SetTags(PxCall call)
    {
        var vm = Free(call);
        vm["tags"] = call.Body!.DeepClone();
        return vm.Shown();
    }

    private static JsonArray BatchTags(PxCall call)
    {
        var vms = call.Fields.Texts("ids").Select(id => call.World.Get("vms", id)).ToList();
        foreach (var vm in vms.Where(vm => !vm.Texts("tags").Contains(call.Text("tag"))))
        {
            vm.List("tags").Add(call.Text("tag"));
        }

        return Objects.Words(vms.Select(static vm => vm.Text("id")!));
    }

    private static JsonArray BatchPower(PxCall call)
    {
        var wishes = ((JsonArray)call.Body!).Select(static wish => (Id: wish!["id"]!.GetValue<string>(), Action: wish["action"]!.GetValue<string>())).ToList();
        wishes.ForEach(wish => call.World.Get("vms", wish.Id));
        return [.. wishes.Select(wish => (JsonNode)TaskHandlers.Accepted(PowerWork.Start(call, call.World.Get("vms", wish.Id), wish.Action)))];
    }

    private static JsonObject Share(PxCall call)
    {
        var vm = Free(call);
        var token = $"{call.World.Dice.NextInt64():x16}{call.World.Dice.NextInt64():x16}";
        var ends = call.World.Seconds + call.Number("expires_in_seconds")!.Value;
        var id = PlaceSeed.Add(call.World, "shares", new JsonObject
        {
            ["vm_id"] = vm.Text("id"),
            ["access_mode"] = call.Text("access_mode"),
            ["expires_at"] = ends,
            ["created_by"] = call.User,
            ["token"] = token,
        });
        return new JsonObject { ["id"] = id, ["token"] = token, ["access_mode"] = call.Text("access_mode"), ["expires_at"] = ends };
    }
}
