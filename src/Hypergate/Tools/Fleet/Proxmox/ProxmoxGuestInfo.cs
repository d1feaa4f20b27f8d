using System.Text.Json;
using Hypergate.Inventory;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary><c>get_guest_info</c>: what a guest tells of itself, through its agent or as a container.</summary>
internal static class ProxmoxGuestInfo
{
    public static async Task<FleetAnswer> RunAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        if (!guest.IsRunning)
        {
            throw new FleetException("wrong_state", $"Guest {request.Room.Words(guest.Label)} is {guest.Status}: only a running guest tells of itself.");
        }

        return guest.IsContainer ? await OfContainerAsync(request, guest, cancellationToken) : await OfVmAsync(request, guest, cancellationToken);
    }

    private static async Task<FleetAnswer> OfVmAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var reads = request.Reads(guest.Backend, cached: false);
        Task<JsonElement> Ask(string what) => reads.TryGetAsync(guest.NodePath($"/agent/{what}"), guest.NodeArguments, cancellationToken, TimeSpan.Zero);

        // The first one says why where there is no agent.
        var system = (await reads.GetAsync(guest.NodePath("/agent/get-osinfo"), guest.NodeArguments, cancellationToken, TimeSpan.Zero)).Get("result");
        var rest = await Task.WhenAll(Ask("get-host-name"), Ask("get-users"), Ask("get-fsinfo"), Ask("network-get-interfaces"), Ask("get-timezone"));
        return FleetRequest.Record(guest.Backend, writer =>
        {
            WriteGuest(writer, guest, "agent");
            writer.WriteString("os", system.Name("pretty-name") ?? system.Name("name"));
            writer.WriteString("os_id", system.Name("id"));
            writer.WriteString("os_version", system.Name("version"));
            writer.WriteString("kernel", system.Name("kernel-release"));
            writer.WriteString("machine", system.Name("machine"));
            writer.WriteString("host_name", rest[0].Get("result").Name("host-name"));
            writer.WriteString("timezone", rest[4].Get("result").Name("zone"));
            WriteUsers(writer, rest[1].Get("result"));
            WriteFileSystems(writer, rest[2].Get("result"));
            WriteInterfaces(writer, rest[3].Get("result"));
        });
    }

    private static async Task<FleetAnswer> OfContainerAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var reads = request.Reads(guest.Backend, cached: false);
        var interfaces = reads.TryGetAsync(guest.NodePath("/interfaces"), guest.NodeArguments, cancellationToken);
        var config = await reads.GetAsync(guest.NodePath("/config"), guest.NodeArguments, cancellationToken);
        var status = await reads.GetAsync(guest.NodePath("/status/current"), guest.NodeArguments, cancellationToken, TimeSpan.Zero);
        var seen = await interfaces;
        request.Warn("A container has no agent: users and single file systems cannot be told.");
        return FleetRequest.Record(guest.Backend, writer =>
        {
            WriteGuest(writer, guest, "container");
            writer.WriteString("os_id", config.Name("ostype"));
            writer.WriteString("machine", config.Name("arch"));
            writer.WriteString("host_name", config.Name("hostname"));
            writer.WriteStartArray("file_systems");
            writer.WriteStartObject();
            writer.WriteString("mount_point", "/");
            writer.Number("used", status.Number("disk"));
            writer.Number("total", status.Number("maxdisk"));
            writer.Percent("used_percent", status.Number("disk"), status.Number("maxdisk"));
            writer.WriteEndObject();
            writer.WriteEndArray();
            WriteInterfaces(writer, seen);
        });
    }

    private static void WriteGuest(Utf8JsonWriter writer, FleetGuest guest, string source)
    {
        writer.WriteString("backend", guest.Backend.Name);
        writer.Number("vmid", guest.Vmid);
        writer.WriteString("name", guest.Name);
        writer.WriteString("source", source);
    }

    private static void WriteUsers(Utf8JsonWriter writer, JsonElement users)
    {
        writer.WriteStartArray("users");
        foreach (var user in users.Elements())
        {
            writer.WriteStartObject();
            writer.WriteString("user", user.Name("user"));
            writer.WriteString("domain", user.Name("domain"));
            writer.WriteString("logged_in", Moments.OfSeconds(user.Number("login-time")) is { } time ? Results.Rows.CellJson.Moment(time) : null);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteFileSystems(Utf8JsonWriter writer, JsonElement systems)
    {
        writer.WriteStartArray("file_systems");
        foreach (var system in systems.Elements())
        {
            writer.WriteStartObject();
            writer.WriteString("mount_point", system.Name("mountpoint"));
            writer.WriteString("type", system.Name("type"));
            writer.Number("used", system.Number("used-bytes"));
            writer.Number("total", system.Number("total-bytes"));
            writer.Percent("used_percent", system.Number("used-bytes"), system.Number("total-bytes"));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteInterfaces(Utf8JsonWriter writer, JsonElement interfaces)
    {
        writer.WriteStartArray("interfaces");
        foreach (var item in interfaces.Elements())
        {
            writer.WriteStartObject();
            writer.WriteString("name", item.Name("name"));
            writer.WriteString("mac", item.Name("hardware-address") ?? item.Name("hwaddr"));
            var addresses = item.Items("ip-addresses").Select(static address => address.Name("ip-address")).OfType<string>().ToList();
            writer.Texts("addresses", addresses.Count > 0 ? addresses : new[] { item.Name("inet"), item.Name("inet6") }.OfType<string>());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
