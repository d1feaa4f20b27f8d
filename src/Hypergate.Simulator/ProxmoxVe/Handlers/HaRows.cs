using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>What high availability says about guests and nodes.</summary>
internal static class HaRows
{
    public const string Resources = "ha/resources";

    public static string ServiceId(Guest guest) => $"{(guest.IsQemu ? "vm" : "ct")}:{guest.VmId}";

    /// <summary>The HA resource of a guest; null where it is not managed.</summary>
    public static JsonObject? Resource(Cluster cluster, Guest guest) => Resource(cluster, ServiceId(guest));

    public static JsonObject? Resource(Cluster cluster, string serviceId) =>
        cluster.List(Resources).Find(resource => resource["sid"]!.GetValue<string>() == serviceId);

    public static string? State(Cluster cluster, Guest guest) => Resource(cluster, guest)?["state"]?.GetValue<string>();

    /// <summary>Only told once something is managed.</summary>
    public static string? NodeState(Cluster cluster, ClusterNode node) =>
        cluster.List(Resources).Count == 0 ? null : node.Reachable ? "online" : "unknown";
}
