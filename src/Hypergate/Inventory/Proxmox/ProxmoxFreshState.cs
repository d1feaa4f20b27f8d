using System.Text.Json;

namespace Hypergate.Inventory.Proxmox;

/// <summary>
/// The run state of guests that this gateway has just changed, asked of their nodes: <c>/cluster/resources</c> tells what the nodes
/// last sent, which is up to ten seconds old.
/// </summary>
internal static class ProxmoxFreshState
{
    // What nodes send; the rest of a row is read from the configuration and is never old.
    private static readonly HashSet<string> Sent = new(StringComparer.Ordinal)
    {
        "status", "uptime", "cpu", "mem", "memhost", "disk", "netin", "netout", "diskread", "diskwrite",
    };

    /// <summary>The same guests, the changed ones as they are now.</summary>
    public static async Task<List<JsonElement>> OfAsync(List<JsonElement> guests, PlatformReads reads, CancellationToken cancellationToken)
    {
        var changed = reads.RecentlyChanged("vmid");
        return changed.Count == 0
            ? guests
            : [.. await Task.WhenAll(guests.Select(guest => guest.Text("vmid") is { } id && changed.Contains(id) ? NowAsync(guest, reads, cancellationToken) : Task.FromResult(guest)))];
    }

    private static async Task<JsonElement> NowAsync(JsonElement guest, PlatformReads reads, CancellationToken cancellationToken)
    {
        if (ProxmoxGuest.Of(reads.Backend, null, guest) is not { } place)
        {
            return guest;
        }

        var now = await reads.TryGetAsync(place.Path("/status/current"), place.Arguments, cancellationToken);
        return now.ValueKind == JsonValueKind.Object ? Merged(guest, now) : guest;
    }

    private static JsonElement Merged(JsonElement guest, JsonElement now)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var property in guest.EnumerateObject().Where(property => !Sent.Contains(property.Name) || !now.TryGetProperty(property.Name, out _)))
            {
                property.WriteTo(writer);
            }

            // There, status says running of a paused VM too.
            writer.WriteString("status", now.Text("qmpstatus") ?? now.Text("status"));
            foreach (var property in now.EnumerateObject().Where(static property => Sent.Contains(property.Name) && property.Name != "status"))
            {
                property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
