using System.Text.Json;

namespace Hypergate.Inventory.Proxmox;

/// <summary>
/// The state of guests that this gateway has just changed, and of those that are so new that nothing was sent of them yet, asked of
/// their nodes: <c>/cluster/resources</c> tells what the nodes last sent, which is up to ten seconds old.
/// </summary>
internal static class ProxmoxFreshState
{
    private const int MostNew = 20;

    // What nodes send; the rest of a row is read from the configuration and is never old.
    private static readonly HashSet<string> Sent = new(StringComparer.Ordinal)
    {
        "status", "uptime", "cpu", "mem", "memhost", "disk", "netin", "netout", "diskread", "diskwrite", "name", "template", "maxmem", "maxdisk",
    };

    /// <summary>The same guests, the changed and new ones as they are now.</summary>
    /// <param name="guests">As the cluster tells of them.</param>
    /// <param name="online">The nodes that can be asked.</param>
    /// <param name="reads">How to ask.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<List<JsonElement>> OfAsync(List<JsonElement> guests, HashSet<string> online, PlatformReads reads, CancellationToken cancellationToken)
    {
        var asked = reads.RecentlyChanged("vmid").ToHashSet(StringComparer.Ordinal);
        asked.UnionWith(guests.Where(guest => IsNew(guest, online)).Select(static guest => guest.Text("vmid")).OfType<string>().Take(MostNew));
        return asked.Count == 0
            ? guests
            : [.. await Task.WhenAll(guests.Select(guest => guest.Text("vmid") is { } id && asked.Contains(id) ? NowAsync(guest, reads, cancellationToken) : Task.FromResult(guest)))];
    }

    private static bool IsNew(JsonElement guest, HashSet<string> online) =>
        guest.Text("status") is null or "unknown" && guest.Name("name") is null && online.Contains(guest.Text("node") ?? "");

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

            // There, status says running of a paused VM too, and the number of CPUs has another name.
            writer.WriteString("status", now.Text("qmpstatus") ?? now.Text("status"));
            foreach (var property in now.EnumerateObject().Where(static property => Sent.Contains(property.Name) && property.Name != "status"))
            {
                property.WriteTo(writer);
            }

            if (!guest.TryGetProperty("maxcpu", out _) && now.TryGetProperty("cpus", out var cpus))
            {
                writer.WritePropertyName("maxcpu");
                cpus.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
