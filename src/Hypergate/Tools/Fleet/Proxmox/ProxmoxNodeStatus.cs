using System.Text.Json;
using Hypergate.Inventory;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary><c>get_node_status</c>.</summary>
internal static class ProxmoxNodeStatus
{
    public static async Task<FleetAnswer> RunAsync(FleetRequest request, FleetBackend backend, string node, CancellationToken cancellationToken)
    {
        var reads = request.Reads(backend);
        var networks = reads.TryGetAsync("/nodes/{node}/network", [("node", node)], cancellationToken);
        var status = await reads.GetAsync("/nodes/{node}/status", [("node", node)], cancellationToken);
        var interfaces = await networks;
        return FleetRequest.Record(backend, writer =>
        {
            writer.WriteString("backend", backend.Name);
            writer.WriteString("node", node);
            WriteSystem(writer, status);
            WriteUse(writer, status);
            WriteInterfaces(writer, interfaces);
        });
    }

    private static void WriteSystem(Utf8JsonWriter writer, JsonElement status)
    {
        var (kernel, cpu, boot) = (status.Get("current-kernel"), status.Get("cpuinfo"), status.Get("boot-info"));
        writer.WriteString("pve_version", Inventory.Proxmox.ProxmoxNodes.VersionOf(status.Text("pveversion")));
        writer.WriteString("kernel_version", kernel.Text("release") ?? status.Text("kversion"));
        writer.WriteString("kernel_sysname", kernel.Text("sysname"));
        writer.Number("uptime", status.Number("uptime"));
        writer.Percent("cpu_usage_percent", status.Number("cpu"), 1);
        var load = status.Items("loadavg").Select(static item => item.AsNumber()).ToList();
        foreach (var (index, name) in ((int, string)[])[(0, "load_avg_1m"), (1, "load_avg_5m"), (2, "load_avg_15m")])
        {
            writer.Number(name, load.ElementAtOrDefault(index));
        }

        writer.WriteString("cpu_model", cpu.Text("model"));
        writer.Number("cpu_sockets", cpu.Number("sockets"));
        writer.Number("cpu_cores", cpu.Number("cores"));
        writer.Number("cpu_threads", cpu.Number("cpus"));
        writer.Number("cpu_mhz", cpu.Number("mhz"));
        writer.WriteString("boot_mode", boot.Text("mode"));
        writer.Flag("secure_boot", boot.Flag("secureboot"));
    }

    private static void WriteUse(Utf8JsonWriter writer, JsonElement status)
    {
        var (memory, swap, root) = (status.Get("memory"), status.Get("swap"), status.Get("rootfs"));
        writer.Number("memory_used", memory.Number("used"));
        writer.Number("memory_total", memory.Number("total"));
        writer.Number("memory_free", memory.Number("free"));
        writer.Number("memory_available", memory.Number("available"));
        writer.Number("swap_used", swap.Number("used"));
        writer.Number("swap_total", swap.Number("total"));
        writer.Number("rootfs_used", root.Number("used"));
        writer.Number("rootfs_total", root.Number("total"));
        writer.Number("rootfs_avail", root.Number("avail"));
        writer.Percent("io_delay_percent", status.Number("wait"), 1);
        writer.Number("ksm_shared", status.Get("ksm").Number("shared"));
    }

    private static void WriteInterfaces(Utf8JsonWriter writer, JsonElement interfaces)
    {
        writer.WriteStartArray("network_interfaces");
        foreach (var item in interfaces.Elements().OrderBy(static item => item.Text("iface"), StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("name", item.Text("iface"));
            writer.WriteString("type", item.Text("type"));
            writer.WriteString("address", item.Name("cidr") ?? item.Name("address"));
            writer.WriteBoolean("active", item.Flag("active") == true);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
