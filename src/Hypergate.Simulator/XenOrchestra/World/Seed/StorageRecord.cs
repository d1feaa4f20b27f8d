using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>Storage repositories (SR) and the connections (PBD) that tie them to hosts.</summary>
internal static class StorageRecord
{
    /// <param name="type">The driver: <c>nfs</c>, <c>lvm</c>, <c>iso</c> …</param>
    /// <param name="container">The pool that shares it, or the one host that has it.</param>
    public static JsonObject Create(string name, string type, long size, string container, bool shared)
    {
        var sr = new JsonObject
        {
            ["type"] = "SR",
            ["content_type"] = type == "iso" ? "iso" : "user",
            ["physical_usage"] = 0L,
            ["allocationStrategy"] = type is "lvm" or "lvmoiscsi" or "lvmohba" ? "thick" : "thin",
            ["current_operations"] = new JsonObject(),
            ["inMaintenanceMode"] = false,
            ["name_description"] = $"{type} storage",
            ["name_label"] = name,
            ["size"] = size,
            ["shared"] = shared,
            ["SR_type"] = type,
            ["tags"] = new JsonArray(),
            ["usage"] = 0L,
            ["VDIs"] = new JsonArray(),
            ["other_config"] = new JsonObject(),
            ["sm_config"] = new JsonObject(),
            ["$container"] = container,
            ["$PBDs"] = new JsonArray(),
        };
        if (type == "iso")
        {
            sr.Remove("allocationStrategy");
        }

        return sr;
    }

    public static JsonObject CreateConnection(string host, string sr, JsonObject device, bool attached) => new()
    {
        ["type"] = "PBD",
        ["attached"] = attached,
        ["host"] = host,
        ["SR"] = sr,
        ["device_config"] = device,
        ["otherConfig"] = new JsonObject(),
    };

    /// <summary>Books a disk into its storage, or out of it with negative figures.</summary>
    public static void Book(JsonObject sr, long size, long usage)
    {
        sr["usage"] = sr.Number("usage") + size;
        sr["physical_usage"] = sr.Number("physical_usage") + usage;
    }
}
