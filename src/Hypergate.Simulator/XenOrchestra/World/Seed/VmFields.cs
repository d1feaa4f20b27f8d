using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>The fields of a VM in the order in which the server writes them, and which of them are not always there.</summary>
internal static class VmFields
{
    private static readonly FrozenDictionary<string, int> Order = new[]
    {
        "type", "addresses", "affinityHost", "auto_poweron", "bios_strings", "blockedOperations", "boot", "CPUs", "creation",
        "current_operations", "expNestedHvm", "isNestedVirtEnabled", "vulnerabilities", "viridian", "mainIpAddress",
        "high_availability", "isFirmwareSupported", "memory", "installTime", "name_description", "name_label", "needsVtpm",
        "nicType", "notes", "other", "os_version", "parent", "power_state", "hasVendorDevice", "resourceSet", "snapshots",
        "startDelay", "startTime", "secureBoot", "suspendSr", "tags", "VIFs", "VTPMs", "virtualizationMode", "PV_args",
        "xenTools", "managementAgentDetected", "pvDriversDetected", "pvDriversVersion", "pvDriversUpToDate", "$container",
        "$VBDs", "VGPUs", "$VGPUs", "xenStoreData", "vga", "videoram", "coresPerSocket", "isDefaultTemplate", "template_info",
        "snapshot_time", "$snapshot_of", "cpuCap", "cpuMask", "cpuWeight", "id", "uuid", "$pool", "$poolId", "_xapiRef",
    }.Select((name, index) => (name, index)).ToFrozenDictionary(field => field.name, field => field.index, StringComparer.Ordinal);

    public static IReadOnlyList<string> KnownOnlyWhileActive { get; } =
    [
        "mainIpAddress", "xenTools", "managementAgentDetected", "pvDriversDetected", "pvDriversVersion", "pvDriversUpToDate",
    ];

    /// <summary>Lists of what belongs to one record alone.</summary>
    public static IReadOnlyList<string> Relations { get; } = ["snapshots", "VIFs", "$VBDs", "VTPMs", "VGPUs", "$VGPUs"];

    /// <summary>What a copy does not take over: identity, and the marks of templates and snapshots.</summary>
    public static IReadOnlyList<string> OwnToOne { get; } =
    [
        "id", "uuid", "$pool", "$poolId", "_xapiRef", "parent", "isDefaultTemplate", "template_info", "snapshot_time", "$snapshot_of",
    ];

    /// <summary>The settings that a VM takes over again when it goes back to a snapshot.</summary>
    public static IReadOnlyList<string> Reverted { get; } =
    [
        "auto_poweron", "bios_strings", "boot", "CPUs", "expNestedHvm", "isNestedVirtEnabled", "viridian", "high_availability",
        "memory", "name_description", "hasVendorDevice", "startDelay", "secureBoot", "virtualizationMode", "xenStoreData",
        "vga", "videoram", "coresPerSocket", "cpuCap", "cpuWeight",
    ];

    public static void Sort(JsonObject vm)
    {
        var fields = vm.ToArray();
        vm.Clear();
        foreach (var (name, value) in fields.OrderBy(field => Order.GetValueOrDefault(field.Key, int.MaxValue)))
        {
            vm.Add(name, value);
        }
    }
}
