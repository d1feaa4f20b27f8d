using System.Globalization;
using Hypergate.Inventory;
using Hypergate.Inventory.XenOrchestra;

namespace Hypergate.Tools.Fleet.XenOrchestra;

/// <summary><c>get_node_status</c> for a host.</summary>
internal static class XenOrchestraHostStatus
{
    public static async Task<FleetAnswer> RunAsync(FleetRequest request, FleetBackend backend, string node, CancellationToken cancellationToken)
    {
        var reads = request.Reads(backend);
        var world = new XenOrchestraWorld(reads, cancellationToken);
        var id = (await world.HostsAsync()).First(host => XenOrchestraWorld.HostName(host) == node).Text("uuid")!;
        var host = await reads.GetAsync("/hosts/{id}", [("id", id)], cancellationToken);
        var interfaces = await world.TryListAsync("/pifs", XenOrchestraNetworks.InterfaceFields);
        var (cpu, memory) = (host.Get("CPUs"), host.Get("memory"));
        return FleetRequest.Record(backend, writer =>
        {
            writer.WriteString("backend", backend.Name);
            writer.WriteString("node", node);
            writer.WriteString("id", id);
            writer.WriteString("status", XenOrchestraHosts.StateOf(host));
            writer.WriteString("version", host.Name("version"));
            writer.WriteString("product", host.Name("productBrand"));
            writer.Number("uptime", host.Text("power_state") == "Running" && Moments.OfSeconds(host.Number("startTime")) is { } start ? Math.Max(0, Math.Floor((request.Now - start).TotalSeconds)) : null);
            writer.WriteString("cpu_model", cpu.Name("modelname"));
            writer.Number("cpu_sockets", host.Get("cpus").Number("sockets"));
            writer.Number("cpu_cores", host.Get("cpus").Number("cores"));
            writer.Number("cpu_threads", cpu.Number("cpu_count"));
            writer.Number("cpu_mhz", cpu.Number("speed"));
            writer.Number("memory_used", memory.Number("usage"));
            writer.Number("memory_total", memory.Number("size"));
            writer.Number("memory_free", memory.Number("size") - memory.Number("usage"));
            writer.WriteString("license", host.Get("license_params").Name("sku_type"));
            writer.Flag("reboot_required", host.Flag("rebootRequired"));
            writer.WriteStartArray("network_interfaces");
            foreach (var item in interfaces.Where(item => item.Text("$host") == id).OrderBy(static item => item.Text("device"), StringComparer.Ordinal).ThenBy(static item => item.Int("vlan")))
            {
                writer.WriteStartObject();
                writer.WriteString("name", item.Int("vlan") is >= 0 and var vlan ? string.Create(CultureInfo.InvariantCulture, $"{item.Text("device")}.{vlan}") : item.Text("device"));
                writer.WriteString("type", item.Int("vlan") is >= 0 ? "vlan" : item.Flag("isBondMaster") == true ? "bond" : "physical");
                writer.WriteString("address", item.Name("ip"));
                writer.WriteBoolean("active", item.Flag("attached") == true);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }
}
