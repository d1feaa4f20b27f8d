using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.World;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>Disks and network cards of machines.</summary>
internal static class DeviceHandlers
{
    public static void Add(Dictionary<string, Func<PxCall, JsonNode?>> handlers)
    {
        handlers["add-disk"] = static call => Added(call, "disks", "disk");
        handlers["add-nic"] = static call => Added(call, "nics", "nic");
        handlers["remove-nic"] = static call => Removed(call, "nics", call.Path["nic"]);
        handlers["detach-disk"] = static call => Removed(call, "disks", call.Path["disk"]);
        handlers["resize-disk"] = Resize;
        handlers["format-disk"] = Format;
    }

    private static JsonObject Added(PxCall call, string list, string prefix)
    {
        var vm = VmHandlers.Free(call);
        var device = (JsonObject)call.Fields.DeepClone();
        var number = 0;
        while (vm.List(list).Any(known => ((JsonObject)known!).Text("key") == Key(prefix, number)))
        {
            number++;
        }

        device["key"] = Key(prefix, number);
        if (list == "disks")
        {
            var storage = Storage(call, vm, device.Text("storage")!);
            storage["used_gb"] = storage.Number("used_gb") + device.Number("size_gb");
        }

        vm.List(list).Add(device);
        return vm.Shown();
    }

    private static JsonObject Removed(PxCall call, string list, string key)
    {
        var vm = VmHandlers.Free(call);
        vm.List(list).Remove(Device(vm, list, key));
        return vm.Shown();
    }

    private static JsonObject Resize(PxCall call)
    {
        var vm = VmHandlers.Free(call);
        var disk = Device(vm, "disks", call.Path["disk"]);
        if (call.Number("size_gb") < disk.Number("size_gb"))
        {
            throw PxError.Conflict($"{call.Path["disk"]} has {disk.Number("size_gb")} GB and cannot become smaller.");
        }

        disk["size_gb"] = call.Number("size_gb");
        return vm.Shown();
    }

    private static JsonObject Format(PxCall call)
    {
        var vm = VmHandlers.Stopped(call);
        Device(vm, "disks", call.Text("disk")!)["_content"] = "erased";
        return vm.Shown();
    }

    /// <summary>The storage of that name in the machine's cluster, with room.</summary>
    public static JsonObject Storage(PxCall call, JsonObject vm, string name) =>
        call.World["storages"].Find(storage => storage.Text("cluster") == vm.Text("cluster") && storage.Text("name") == name) ?? throw PxError.NotFound("storage", name);

    private static JsonObject Device(JsonObject vm, string list, string key) =>
        (JsonObject?)vm.List(list).FirstOrDefault(known => ((JsonObject)known!).Text("key") == key) ?? throw PxError.NotFound(list[..^1], key);

    private static string Key(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");
}
