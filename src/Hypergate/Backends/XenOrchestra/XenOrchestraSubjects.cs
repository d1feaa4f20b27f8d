using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.XenOrchestra;

/// <summary>Which objects a call touches, and what a person must know of each before agreeing.</summary>
internal static class XenOrchestraSubjects
{
    /// <summary>Path segments whose <c>{id}</c> names an object that can be read under the same segment.</summary>
    private static readonly HashSet<string> Readable = new(StringComparer.Ordinal)
    {
        "vms", "vm-templates", "vm-snapshots", "vm-controllers", "hosts", "pools", "srs", "vdis", "vdi-snapshots", "vbds", "vifs", "pifs",
        "pbds", "networks", "users", "groups", "servers", "schedules", "tasks", "acl-roles", "acl-privileges", "backup-repositories",
    };

    /// <summary>Properties of bodies that name another object, and the segment under which it is read.</summary>
    private static readonly Dictionary<string, string> References = new(StringComparer.Ordinal)
    {
        ["hostId"] = "hosts",
        ["affinityHost"] = "hosts",
        ["affinity"] = "hosts",
        ["host"] = "hosts",
        ["srId"] = "srs",
        ["suspendSr"] = "srs",
        ["snapshotId"] = "vm-snapshots",
        ["template"] = "vm-templates",
        ["vmId"] = "vms",
        ["VM"] = "vms",
        ["VDI"] = "vdis",
        ["networkId"] = "networks",
        ["network"] = "networks",
        ["migrationNetworkId"] = "networks",
        ["pif"] = "pifs",
        ["roleId"] = "acl-roles",
    };

    public static SubjectRules Rules { get; } = new()
    {
        PathOf = PathOf,
        ReferencePath = ReferencePath,
        Describe = Describe,
        ShowsChange = ShowsChange,
        Consequences = static sight => XenOrchestraConsequences.Of(sight.Call, sight.Subject),
    };

    private static string? PathOf(Operation operation) =>
        operation.Path.Split('/') is ["", var segment, "{id}", ..] && Readable.Contains(segment) ? $"/{segment}/{{id}}" : null;

    private static string? ReferencePath(string property) =>
        References.TryGetValue(property, out var segment) ? $"/{segment}/{{id}}" : null;

    private static bool ShowsChange(Call call) => (call.Operation.Method, call.Operation.Path.Split('/')) switch
    {
        ("DELETE", ["", _, "{id}"]) => true,
        ("PATCH", ["", _, "{id}"]) => Body(call) is { } body && (body.TryGetProperty("nameLabel", out _) || body.TryGetProperty("name_label", out _)),
        (_, ["", "vms", "{id}", "actions", var action]) => action is "start" or "clean_shutdown" or "hard_shutdown" or "pause" or "unpause" or "suspend" or "resume",
        (_, ["", "hosts", "{id}", "actions", var action]) => action is "enable" or "disable",
        (_, ["", "servers", "{id}", "actions", var action]) => action is "connect" or "disconnect",
        _ => false,
    };

    private static JsonElement? Body(Call call) =>
        call.Arguments.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.Object ? body : null;

    private static SubjectWords Describe(JsonElement item) => new(
        Text(item, "type") ?? "object",
        Text(item, "name_label") ?? Text(item, "name") ?? Text(item, "label") ?? Text(item, "email") ?? "",
        State(item),
        Places(item));

    private static string? State(JsonElement item)
    {
        var enabled = item.TryGetProperty("enabled", out var value) && value.ValueKind == JsonValueKind.False ? "disabled" : null;
        var state = Text(item, "power_state") ?? Text(item, "status");
        return (state, enabled) switch
        {
            (null, null) => null,
            (null, _) => enabled,
            (_, null) => state,
            _ => $"{state}, {enabled}",
        };
    }

    // A running VM lies on a host, a halted one in a pool; disks lie in a storage repository.
    private static List<(string Path, string Id)> Places(JsonElement item)
    {
        var pool = Text(item, "$pool");
        var places = new List<(string, string)>();
        if (Text(item, "$container") is { } container && container != pool)
        {
            places.Add(("/hosts/{id}", container));
        }

        if (Text(item, "$SR") is { } repository)
        {
            places.Add(("/srs/{id}", repository));
        }

        if (pool is not null && pool != Text(item, "id"))
        {
            places.Add(("/pools/{id}", pool));
        }

        return places;
    }

    private static string? Text(JsonElement item, string property) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
