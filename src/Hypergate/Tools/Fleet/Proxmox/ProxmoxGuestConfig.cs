using System.Text.Json;
using Hypergate.Inventory;
using Hypergate.Inventory.Proxmox;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary><c>get_vm_config</c>: a configuration with its property strings taken apart.</summary>
internal static class ProxmoxGuestConfig
{
    private static readonly string[] Secrets = ["cipassword", "sshkeys"];

    public static async Task<FleetAnswer> RunAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var reads = request.Reads(guest.Backend, cached: false);
        var read = reads.GetAsync(guest.NodePath("/config"), guest.NodeArguments, cancellationToken);
        var pending = request.Arguments.Flag("pending") == true ? await reads.GetAsync(guest.NodePath("/pending"), guest.NodeArguments, cancellationToken) : default;
        var config = new ProxmoxConfig(await read);
        return FleetRequest.Record(guest.Backend, writer =>
        {
            writer.WriteString("backend", guest.Backend.Name);
            writer.Number("vmid", guest.Vmid);
            writer.WriteString("name", config.Item.Name("name") ?? config.Item.Name("hostname") ?? guest.Name);
            writer.WriteString("node", guest.Node);
            writer.WriteString("type", guest.Type);
            WriteHardware(writer, guest, config);
            WriteBehaviour(writer, config);
            WriteDisks(writer, config);
            WriteNics(writer, guest, config);
            WriteCloudInit(writer, config);
            writer.WriteString("digest", config.Item.Text("digest"));
            if (pending.ValueKind == JsonValueKind.Array)
            {
                WritePending(writer, pending);
            }
        });
    }

    private static void WriteHardware(Utf8JsonWriter writer, FleetGuest guest, ProxmoxConfig config)
    {
        var item = config.Item;
        writer.Number("cores", item.Number("cores") ?? (guest.IsContainer ? null : 1));
        if (!guest.IsContainer)
        {
            writer.Number("sockets", item.Number("sockets") ?? 1);
            writer.Number("vcpus", item.Number("vcpus"));
            writer.WriteString("cpu", config.Of("cpu") is var cpu ? cpu.Unnamed ?? cpu.Text("cputype") : null);
        }

        writer.WriteString("arch", item.Name("arch"));
        writer.Number("memory_mb", config.MemoryBytes >> 20);
        if (guest.IsContainer)
        {
            writer.Number("swap_mb", item.Number("swap"));
            writer.Flag("unprivileged", item.Flag("unprivileged") == true);
        }
        else
        {
            writer.Number("balloon_mb", item.Number("balloon"));
            writer.WriteString("bios", item.Name("bios") ?? "seabios");
            writer.WriteString("machine", item.Name("machine"));
            writer.Flag("kvm", item.Flag("kvm") ?? true);
            writer.Flag("acpi", item.Flag("acpi") ?? true);
            writer.WriteStartObject("agent");
            writer.WriteBoolean("enabled", config.AgentEnabled);
            foreach (var (key, value) in config.Of("agent").Pairs.Where(static pair => pair.Key != "enabled"))
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteString("os_type", item.Name("ostype"));
    }

    private static void WriteBehaviour(Utf8JsonWriter writer, ProxmoxConfig config)
    {
        var item = config.Item;
        writer.WriteBoolean("on_boot", item.Flag("onboot") == true);
        var startup = config.Of("startup");
        writer.WriteStartObject("startup");
        foreach (var key in (ReadOnlySpan<string>)["order", "up", "down"])
        {
            if ((startup.Text(key) ?? (key == "order" ? startup.Unnamed : null)) is { } value)
            {
                writer.WriteString(key, value);
            }
        }

        writer.WriteEndObject();
        writer.WriteBoolean("protection", item.Flag("protection") == true);
        writer.WriteString("lock", item.Name("lock"));
        writer.WriteString("description", item.Name("description"));
        writer.Texts("tags", ProxmoxGuests.TagsOf(item.Name("tags")));
        writer.Texts("boot_order", (config.Of("boot").Text("order") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries));
    }

    private static void WriteDisks(Utf8JsonWriter writer, ProxmoxConfig config)
    {
        writer.WriteStartArray("disks");
        foreach (var (key, disk) in config.Disks)
        {
            var volume = disk.Unnamed ?? disk.Text("file") ?? disk.Text("volume");
            writer.WriteStartObject();
            writer.WriteString("key", key);
            writer.WriteString("volume", volume);
            writer.WriteString("storage", ProxmoxConfig.StorageOf(volume));
            writer.Number("size_bytes", PropertyString.Bytes(disk.Text("size")));
            writer.WriteString("format", ProxmoxConfig.FormatOf(disk));
            writer.WriteString("options", string.Join(',', disk.Pairs.Where(static pair => pair.Key is not ("size" or "format" or "file" or "volume")).Select(static pair => $"{pair.Key}={pair.Value}")));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteNics(Utf8JsonWriter writer, FleetGuest guest, ProxmoxConfig config)
    {
        writer.WriteStartArray("networks");
        foreach (var (key, nic) in config.Nics)
        {
            writer.WriteStartObject();
            writer.WriteString("key", key);
            writer.WriteString("model", guest.IsContainer ? nic.Text("type") ?? "veth" : nic.First?.Key);
            writer.WriteString("mac", guest.IsContainer ? nic.Text("hwaddr") : nic.First?.Value);
            writer.WriteString("bridge", nic.Text("bridge"));
            writer.Number("vlan", nic.Number("tag"));
            writer.WriteBoolean("firewall", nic.Flag("firewall") == true);
            writer.Number("rate", nic.Number("rate"));
            writer.WriteString("ip", nic.Text("ip") ?? nic.Text("ip6"));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteCloudInit(Utf8JsonWriter writer, ProxmoxConfig config)
    {
        var item = config.Item;
        var found = item.ValueKind == JsonValueKind.Object
            ? item.EnumerateObject().Where(static property => IsCloudInit(property.Name) && !Secrets.Contains(property.Name)).OrderBy(static property => property.Name, StringComparer.Ordinal).ToList()
            : [];
        if (found.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("cloudinit");
        foreach (var property in found)
        {
            writer.WriteString(property.Name == "ciuser" ? "user" : property.Name, property.Value.AsText());
        }

        writer.WriteEndObject();
    }

    private static bool IsCloudInit(string key) => key is "ciuser" or "citype" or "ciupgrade" or "cicustom" or "nameserver" or "searchdomain" || key.StartsWith("ipconfig", StringComparison.Ordinal);

    private static void WritePending(Utf8JsonWriter writer, JsonElement pending)
    {
        writer.WriteStartArray("pending");
        foreach (var change in pending.Elements().Where(static item => (item.Get("pending").ValueKind != JsonValueKind.Undefined || item.Number("delete") > 0) && !Secrets.Contains(item.Text("key"))))
        {
            writer.WriteStartObject();
            writer.WriteString("key", change.Text("key"));
            writer.WriteString("value", change.Text("value"));
            writer.WriteString("new", change.Text("pending"));
            if (change.Number("delete") > 0)
            {
                writer.WriteBoolean("delete", true);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
