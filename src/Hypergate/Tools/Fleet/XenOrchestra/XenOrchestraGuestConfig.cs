using System.Text.Json;
using Hypergate.Inventory;
using Hypergate.Inventory.XenOrchestra;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.XenOrchestra;

/// <summary><c>get_vm_config</c> for a VM.</summary>
internal static class XenOrchestraGuestConfig
{
    public static async Task<FleetAnswer> RunAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var path = guest.IsTemplate ? "/vm-templates/{id}" : "/vms/{id}";
        var vm = await request.Reads(guest.Backend, cached: false).GetAsync(path, [("id", guest.Id)], cancellationToken);
        var bounds = Bounds.Of(Bounds.Equal("guest_id", guest.Id));
        var parts = await Task.WhenAll(
            request.TableAsync("disks", null, cancellationToken, bounds, [guest.Backend]), request.TableAsync("nics", null, cancellationToken, bounds, [guest.Backend]));
        return FleetRequest.Record(guest.Backend, writer =>
        {
            writer.WriteString("backend", guest.Backend.Name);
            writer.WriteString("id", guest.Id);
            writer.WriteString("name", guest.Name);
            writer.WriteString("node", guest.Node);
            writer.WriteString("type", guest.Type);
            WriteHardware(writer, vm);
            WriteDisks(writer, [.. parts[0].Rows.Where(row => row.Text("guest_id") == guest.Id)]);
            WriteNics(writer, [.. parts[1].Rows.Where(row => row.Text("guest_id") == guest.Id)]);
        });
    }

    private static void WriteHardware(Utf8JsonWriter writer, JsonElement vm)
    {
        var (cpus, perSocket) = (vm.Get("CPUs"), vm.Number("coresPerSocket"));
        writer.Number("cores", perSocket ?? cpus.Number("number"));
        writer.Number("sockets", perSocket > 0 ? Math.Max(1, Math.Floor((cpus.Number("number") ?? 1) / perSocket.Value)) : null);
        writer.Number("vcpus", cpus.Number("number"));
        writer.Number("vcpus_max", cpus.Number("max"));
        writer.Number("memory_mb", vm.Get("memory").Number("size") / 1_048_576);
        writer.Number("memory_max_mb", vm.Get("memory").Items("static").ElementAtOrDefault(1).AsNumber() / 1_048_576);
        writer.WriteString("bios", vm.Get("boot").Name("firmware"));
        writer.WriteString("virtualization_mode", vm.Name("virtualizationMode"));
        writer.WriteString("os_type", vm.Get("os_version").Name("name"));
        writer.WriteStartObject("agent");
        writer.Flag("enabled", vm.Flag("managementAgentDetected"));
        writer.WriteString("version", vm.Name("pvDriversVersion"));
        writer.WriteEndObject();
        writer.Flag("on_boot", vm.Flag("auto_poweron"));
        writer.Flag("secure_boot", vm.Flag("secureBoot"));
        writer.WriteString("high_availability", vm.Name("high_availability"));
        writer.WriteBoolean("protection", vm.Get("blockedOperations").Get("destroy").ValueKind != JsonValueKind.Undefined);
        writer.WriteString("description", vm.Name("name_description"));
        writer.Texts("tags", vm.Texts("tags") ?? []);
        writer.Texts("boot_order", (vm.Get("boot").Name("order") ?? "").Select(static letter => letter switch { 'c' => "disk", 'd' => "cd", 'n' => "network", _ => letter.ToString() }));
        writer.WriteString("created", XenOrchestraGuests.CreatedAt(vm) is { } time ? Results.Rows.CellJson.Moment(time) : null);
    }

    private static void WriteDisks(Utf8JsonWriter writer, List<RowSet.Row> disks)
    {
        writer.WriteStartArray("disks");
        foreach (var disk in disks)
        {
            writer.WriteStartObject();
            writer.WriteString("key", disk.Text("key"));
            writer.WriteString("volume", disk.Text("volume"));
            writer.WriteString("name", disk.Text("name"));
            writer.WriteString("storage", disk.Text("storage"));
            writer.Number("size_bytes", disk.Number("size"));
            writer.WriteString("format", disk.Text("format"));
            writer.WriteBoolean("cdrom", disk.Flag("is_cdrom"));
            writer.WriteBoolean("attached", disk.Flag("is_attached"));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteNics(Utf8JsonWriter writer, List<RowSet.Row> nics)
    {
        writer.WriteStartArray("networks");
        foreach (var nic in nics)
        {
            writer.WriteStartObject();
            writer.WriteString("key", nic.Text("key"));
            writer.WriteString("mac", nic.Text("mac"));
            writer.WriteString("bridge", nic.Text("network"));
            writer.Number("vlan", nic.Number("vlan"));
            writer.WriteString("ip", nic.List("addresses") is [var address, ..] ? address : null);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
