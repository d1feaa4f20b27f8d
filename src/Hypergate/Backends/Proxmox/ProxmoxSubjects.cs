using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.Proxmox;

/// <summary>Which objects a call touches, and what a person must know of each before agreeing.</summary>
internal static class ProxmoxSubjects
{
    private static readonly IReadOnlyDictionary<string, JsonElement> Nothing = new Dictionary<string, JsonElement>();

    public static SubjectRules Rules { get; } = new()
    {
        PathOf = PathOf,
        ReferencePath = static _ => null,
        Describe = Describe,
        ShowsChange = ShowsChange,
        Beside = Beside,
        Consequences = ProxmoxConsequences.Of,
        Forbids = Forbids,
    };

    /// <summary>The path of a guest that an operation is about: <c>/nodes/{node}/qemu/{vmid}</c>; null for others.</summary>
    public static string? GuestOf(Operation operation) => operation.Path.Split('/') is ["", "nodes", "{node}", ("qemu" or "lxc") and var type, "{vmid}", ..]
        ? $"/nodes/{{node}}/{type}/{{vmid}}"
        : null;

    // Others are read where they are changed, if they can be.
    private static string? PathOf(Operation operation) => GuestOf(operation) is { } guest ? $"{guest}/status/current"
        : operation.Path.EndsWith('}') && operation.Method != "POST" && operation.Path != "/nodes/{node}/tasks/{upid}" ? operation.Path
        : operation.Path is "/nodes/{node}/tasks/{upid}" ? "/nodes/{node}/tasks/{upid}/status"
        : null;

    private static SubjectWords Describe(JsonElement item) => new(Kind(item), Name(item), State(item), []);

    private static string Kind(JsonElement item) => item.ValueKind != JsonValueKind.Object ? "object"
        : item.TryGetProperty("qmpstatus", out _) || ProxmoxValue.Text(item, "type") == "qemu" ? "VM"
        : item.TryGetProperty("vmid", out _) && item.TryGetProperty("status", out _) ? "container"
        : item.TryGetProperty("upid", out _) ? "task"
        : item.TryGetProperty("format", out _) && item.TryGetProperty("size", out _) ? "volume"
        : "object";

    private static string Name(JsonElement item) => Kind(item) switch
    {
        "task" => $"{ProxmoxValue.Text(item, "type")} {ProxmoxValue.Text(item, "id")}".Trim(),
        "volume" => "",
        _ => ProxmoxValue.Text(item, "name") ?? "",
    };

    private static string? State(JsonElement item)
    {
        var facts = new List<string>();
        if ((ProxmoxValue.Text(item, "qmpstatus") is { } run && run != "running" && ProxmoxValue.Text(item, "status") == "running" ? run : ProxmoxValue.Text(item, "status")) is { } status)
        {
            facts.Add(status);
        }

        if (ProxmoxValue.Text(item, "lock") is { } locked)
        {
            facts.Add($"locked: {locked}");
        }

        if (ProxmoxValue.Flag(item, "template"))
        {
            facts.Add("template");
        }

        if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("ha", out var ha) && ProxmoxValue.Flag(ha, "managed"))
        {
            facts.Add($"HA {ProxmoxValue.Text(ha, "state") ?? "managed"}");
        }

        if (ProxmoxValue.Flag(item, "protected"))
        {
            facts.Add("protected");
        }

        if (Kind(item) == "volume")
        {
            facts.Add($"{ProxmoxValue.Text(item, "size")} bytes, {ProxmoxValue.Text(item, "format")}");
        }

        return facts.Count == 0 ? null : string.Join(", ", facts);
    }

    private static bool ShowsChange(Call call) => (call.Operation.Method, call.Operation.Path.Split('/')) switch
    {
        ("DELETE", ["", "nodes", _, "qemu" or "lxc", _]) => true,
        (_, ["", "nodes", _, "qemu" or "lxc", _, "status", var action]) => action is "start" or "stop" or "shutdown" or "suspend" or "resume",
        (_, ["", "nodes", _, "qemu" or "lxc", _, "template"]) => true,
        ("DELETE", ["", "nodes", _, "storage", _, "content", _]) => true,
        _ => false,
    };

    // What else a person must know of a guest before it is touched: where it is protected, what runs on it, what would go with it.
    private static IReadOnlyList<SubjectRead> Beside(Call call)
    {
        if (GuestOf(call.Operation) is not { } guest || ProxmoxEscalation.OfCall(call.Operation, call.Arguments) < Access.Dangerous)
        {
            return [];
        }

        var running = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            ["source"] = JsonElement.Parse("\"active\""),
            ["vmid"] = call.Arguments.TryGetProperty("vmid", out var vmid) ? vmid : default,
        };
        return
        [
            new SubjectRead($"{guest}/config", Nothing),
            new SubjectRead($"{guest}/snapshot", Nothing),
            .. vmid.ValueKind == JsonValueKind.Undefined ? Array.Empty<SubjectRead>() : [new SubjectRead("/nodes/{node}/tasks", running)],
        ];
    }

    private static string? Forbids(Call call, JsonElement subject)
    {
        var isProtected = (ProxmoxValue.Text(subject, "tags") ?? "").Split([';', ',', ' ']).Contains("protected", StringComparer.OrdinalIgnoreCase);
        return isProtected && GuestOf(call.Operation) is not null && ProxmoxEscalation.OfCall(call.Operation, call.Arguments) == Access.Dangerous
            ? $"The guest carries the tag 'protected', so {call.Operation.Name} is not sent. Somebody set the tag on purpose; without it the call can be made."
            : null;
    }
}
