using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>
/// The record of a VM and of its kin. What is only known while it runs comes and goes with <see cref="SetPowerState"/>;
/// <c>_tools</c> and <c>_address</c> keep it for the next start.
/// </summary>
internal static class VmRecord
{
    public static JsonObject Create(VmPlan plan)
    {
        var vm = new JsonObject
        {
            ["type"] = plan.Type,
            ["addresses"] = new JsonObject(),
            ["auto_poweron"] = plan.AutoPowerOn,
            ["bios_strings"] = new JsonObject { ["bios-vendor"] = "Xen" },
            ["blockedOperations"] = new JsonObject(),
            ["boot"] = new JsonObject { ["order"] = "cdn", ["firmware"] = plan.System.Firmware },
            ["CPUs"] = new JsonObject { ["max"] = plan.Cpus, ["number"] = plan.Cpus },
            ["current_operations"] = new JsonObject(),
            ["expNestedHvm"] = false,
            ["isNestedVirtEnabled"] = false,
            ["viridian"] = plan.System.IsWindows,
            ["high_availability"] = plan.HighAvailability,
            ["isFirmwareSupported"] = true,
            ["memory"] = new JsonObject
            {
                ["dynamic"] = new JsonArray(plan.Memory, plan.Memory),
                ["static"] = new JsonArray(1L << 30, plan.Memory),
                ["size"] = plan.Memory,
            },
            ["installTime"] = plan.Installed,
            ["name_description"] = plan.Description,
            ["name_label"] = plan.Name,
            ["needsVtpm"] = false,
            ["other"] = new JsonObject { ["base_template_name"] = plan.System.Name },
            ["hasVendorDevice"] = false,
            ["snapshots"] = new JsonArray(),
            ["startDelay"] = 0,
            ["secureBoot"] = false,
            ["tags"] = XapiRecord.Texts(plan.Tags),
            ["VIFs"] = new JsonArray(),
            ["VTPMs"] = new JsonArray(),
            ["virtualizationMode"] = "hvm",
            ["$VBDs"] = new JsonArray(),
            ["VGPUs"] = new JsonArray(),
            ["$VGPUs"] = new JsonArray(),
            ["xenStoreData"] = new JsonObject { ["vm-data"] = "" },
            ["vga"] = "std",
            ["videoram"] = 8,
            ["coresPerSocket"] = plan.Cpus,
            ["cpuCap"] = 0,
            ["cpuWeight"] = 256,
            ["_tools"] = plan.Tools,
            ["_address"] = plan.Address,
        };
        AddSpecifics(vm, plan);
        SetPowerState(vm, plan.State, plan.Container, plan.Started);
        return vm;
    }

    /// <summary>Moves a VM to a power state and a container, with what is known of it there.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="state">Running, Halted, Paused or Suspended.</param>
    /// <param name="container">A host for Running and Paused, else the pool.</param>
    /// <param name="started">When it started, in seconds: used by the first two.</param>
    public static void SetPowerState(JsonObject vm, string state, string container, long started)
    {
        vm["power_state"] = state;
        vm["$container"] = container;
        var active = state is "Running" or "Paused";
        vm["startTime"] = active ? started : null;
        foreach (var field in VmFields.KnownOnlyWhileActive)
        {
            vm.Remove(field);
        }

        var tools = active && vm.Flag("_tools");
        vm["addresses"] = tools ? new JsonObject { ["0/ipv4/0"] = vm.Text("_address") } : [];
        vm["os_version"] = tools ? GuestSystem.Of(vm).Version() : null;
        if (active)
        {
            vm["xenTools"] = tools ? new JsonObject { ["major"] = 7, ["minor"] = 30, ["version"] = 7.3 } : false;
        }

        if (tools)
        {
            vm["mainIpAddress"] = vm.Text("_address");
            vm["managementAgentDetected"] = true;
            vm["pvDriversDetected"] = true;
            vm["pvDriversVersion"] = "7.30.0-12";
            vm["pvDriversUpToDate"] = true;
        }

        VmFields.Sort(vm);
    }

    /// <summary>Makes a copy into another record of the family, such as a snapshot, without its relations.</summary>
    public static JsonObject CopyAs(this JsonObject vm, string type)
    {
        var copy = vm.DeepClone().AsObject();
        copy["type"] = type;
        foreach (var relation in VmFields.Relations)
        {
            copy[relation] = new JsonArray();
        }

        foreach (var field in VmFields.OwnToOne)
        {
            copy.Remove(field);
        }

        return copy;
    }

    private static void AddSpecifics(JsonObject vm, VmPlan plan)
    {
        if (plan.Affinity is not null)
        {
            vm["affinityHost"] = plan.Affinity;
        }

        if (plan.AutoPowerOn)
        {
            vm["other"]!["auto_poweron"] = "true";
        }

        if (plan.Type == "VM")
        {
            vm["vulnerabilities"] = new JsonObject { ["xsa468"] = false };
        }

        if (plan.Type == "VM-template")
        {
            vm["isDefaultTemplate"] = false;
            vm["template_info"] = new JsonObject { ["disks"] = new JsonArray(), ["install_methods"] = new JsonArray() };
        }
    }
}
