using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Tools.Fleet.Cluster;

/// <summary><c>get_cluster_status</c>: what there is, how it stands, and what needs a look.</summary>
internal static class ClusterStatus
{
    private const double Full = 85;
    private static readonly TimeSpan Recent = TimeSpan.FromHours(24);

    public static async Task<FleetAnswer> RunAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var reads = await Task.WhenAll(
            request.TableAsync("clusters", ["backend", "cluster", "quorate", "reachable"], cancellationToken),
            request.TableAsync("nodes", ["backend", "name", "status"], cancellationToken),
            request.TableAsync("guests", ["backend", "status", "is_template"], cancellationToken),
            request.TableAsync("storages", ["backend", "name", "node", "status", "usage_percent", "counted", "is_shared"], cancellationToken),
            request.TableAsync("tasks", ["backend", "status", "started"], cancellationToken, Bounds.Of(Bounds.AtLeast("started", request.Now - Recent))));
        var parts = reads.Select(static set => set.Rows.ToLookup(static row => row.Text("backend"), StringComparer.Ordinal)).ToList();
        Cluster Of(FleetBackend backend) => new(
            backend.Name, [.. parts[0][backend.Name]], [.. parts[1][backend.Name]], [.. parts[2][backend.Name]], [.. parts[3][backend.Name]],
            parts[4][backend.Name].Count(row => row.Text("status") == "error" && row.Time("started") >= request.Now - Recent),
            table => request.HasTable(backend, table));
        if (request.Backends is [var only])
        {
            return FleetRequest.Record(only, writer => Write(writer, Of(only)));
        }

        return FleetRequest.Record(request.Backends[0], writer =>
        {
            writer.WriteStartArray("clusters");
            foreach (var backend in request.Backends)
            {
                writer.WriteStartObject();
                Write(writer, Of(backend));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    private static void Write(Utf8JsonWriter writer, Cluster cluster)
    {
        writer.WriteString("backend", cluster.Backend);
        writer.WriteString("cluster", string.Join(", ", cluster.Rows.Select(static row => row.Text("cluster")).OfType<string>()));
        var quorate = cluster.Rows is [var only] ? only["quorate"] : Cell.Null;
        writer.WritePropertyName("quorate");
        if (quorate.IsNull)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteBooleanValue(quorate.Bool);
        }

        if (cluster.Has("nodes"))
        {
            WriteNodes(writer, cluster);
        }

        if (cluster.Has("guests"))
        {
            WriteGuests(writer, cluster);
        }

        if (cluster.Has("storages"))
        {
            WriteStorages(writer, cluster);
        }

        if (cluster.Has("tasks"))
        {
            writer.WriteNumber("tasks_failed_24h", cluster.Failed);
        }

        writer.WriteStartArray("attention");
        foreach (var line in Attention(cluster))
        {
            writer.WriteStringValue(line);
        }

        writer.WriteEndArray();
    }

    private static void WriteNodes(Utf8JsonWriter writer, Cluster cluster)
    {
        writer.WriteNumber("nodes_total", cluster.Nodes.Count);
        writer.WriteNumber("nodes_online", cluster.Nodes.Count(static node => node.Text("status") == "online"));
        writer.WriteStartArray("nodes");
        foreach (var node in cluster.Nodes)
        {
            writer.WriteStartObject();
            writer.WriteString("name", node.Text("name"));
            writer.WriteBoolean("online", node.Text("status") is "online" or "maintenance");
            writer.WriteString("status", node.Text("status"));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteGuests(Utf8JsonWriter writer, Cluster cluster)
    {
        var guests = cluster.Guests.Where(static guest => !guest.Flag("is_template")).ToList();
        writer.WriteStartObject("vms");
        writer.WriteNumber("total", guests.Count);
        foreach (var state in (ReadOnlySpan<string>)["running", "stopped", "paused", "suspended", "unknown", "other"])
        {
            var count = guests.Count(guest => guest.Text("status") == state);
            if (count > 0 || state is not ("other" or "suspended"))
            {
                writer.WriteNumber(state, count);
            }
        }

        writer.WriteNumber("templates", cluster.Guests.Count - guests.Count);
        writer.WriteEndObject();
    }

    private static void WriteStorages(Utf8JsonWriter writer, Cluster cluster)
    {
        var counted = cluster.Storages.Where(static storage => storage.Flag("counted")).ToList();
        writer.WriteStartObject("storages");
        writer.WriteNumber("total", counted.Count);
        writer.WriteNumber("available", counted.Count(static storage => storage.Text("status") == "available"));
        writer.WriteNumber("unknown", counted.Count(static storage => storage.Text("status") == "unknown"));
        writer.WriteStartArray("over_85_percent");
        foreach (var storage in Overfull(cluster))
        {
            writer.WriteStringValue(storage);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static IEnumerable<string> Overfull(Cluster cluster) => cluster.Storages
        .Where(static storage => storage.Flag("counted") && storage.Number("usage_percent") > Full)
        .OrderByDescending(static storage => storage.Number("usage_percent"))
        .Select(static storage => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{storage.Text("name")}{(storage.Flag("is_shared") || storage.Text("node") is null ? "" : $" on {storage.Text("node")}")}: {storage.Number("usage_percent"):0.#} %"));

    private static IEnumerable<string> Attention(Cluster cluster)
    {
        if (cluster.Rows is [var only] && only["quorate"] is { IsNull: false, Bool: false })
        {
            yield return "The cluster has no quorum: nothing can be changed until more nodes are back.";
        }

        if (cluster.Rows is [var hidden] && hidden.Flag("reachable") && hidden["quorate"].IsNull && cluster.Nodes.Count > 0 && hidden.Text("cluster") is null)
        {
            yield return "Whether the cluster has quorum cannot be told: this connection has no Sys.Audit on /.";
        }

        foreach (var node in cluster.Nodes.Where(static node => node.Text("status") is not "online"))
        {
            yield return $"Node {node.Text("name")} is {node.Text("status")}.";
        }

        if (cluster.Guests.Count(static guest => guest.Text("status") == "unknown") is > 0 and var unknown)
        {
            yield return $"The state of {unknown} guests is unknown.";
        }
    }

    /// <param name="Has">Whether a table exists for whoever asks; of what is hidden not even a zero is told.</param>
    private sealed record Cluster(
        string Backend, List<RowSet.Row> Rows, List<RowSet.Row> Nodes, List<RowSet.Row> Guests, List<RowSet.Row> Storages, int Failed, Func<string, bool> Has);
}
