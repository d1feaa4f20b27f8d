using System.Text.Json;
using Hypergate.Inventory;
using Hypergate.Inventory.Proxmox;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary><c>get_cluster_options</c>: the datacenter's settings, its property strings taken apart.</summary>
internal static class ProxmoxOptions
{
    private static readonly (string Name, string Key)[] Groups =
        [("migration", "migration"), ("bwlimit", "bwlimit"), ("ha", "ha"), ("crs", "crs"), ("next_id", "next-id"), ("tag_style", "tag-style")];

    private static readonly (string Name, string Key)[] Plain =
        [("console", "console"), ("keyboard", "keyboard"), ("language", "language"), ("mac_prefix", "mac_prefix"), ("max_workers", "max_workers"), ("http_proxy", "http_proxy"), ("description", "description")];

    public static async Task<FleetAnswer> RunAsync(FleetRequest request, FleetBackend backend, CancellationToken cancellationToken)
    {
        var options = await request.Reads(backend).GetAsync("/cluster/options", [], cancellationToken);
        return FleetRequest.Record(backend, writer =>
        {
            writer.WriteString("backend", backend.Name);
            foreach (var (name, key) in Groups)
            {
                WriteGroup(writer, name, options.Get(key));
            }

            foreach (var (name, key) in Plain)
            {
                writer.WriteString(name, options.Name(key));
            }

            WriteList(writer, "allowed_tags", options.Get("allowed-tags"));
            WriteList(writer, "registered_tags", options.Get("registered-tags"));
        });
    }

    // Newer versions answer with objects, older ones with property strings.
    private static void WriteGroup(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WriteStartObject(name);
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in value.EnumerateObject())
            {
                writer.WriteString(property.Name.Replace('-', '_'), property.Value.AsText());
            }
        }
        else if (PropertyString.Parse(value.AsText()) is var parts)
        {
            if (parts.Unnamed is { } unnamed)
            {
                writer.WriteString("type", unnamed);
            }

            foreach (var (key, text) in parts.Pairs)
            {
                writer.WriteString(key.Replace('-', '_'), text);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WriteStartArray(name);
        foreach (var tag in value.ValueKind == JsonValueKind.Array ? value.Elements().Select(static item => item.AsText()).OfType<string>() : ProxmoxGuests.TagsOf(value.AsText()))
        {
            writer.WriteStringValue(tag);
        }

        writer.WriteEndArray();
    }
}
