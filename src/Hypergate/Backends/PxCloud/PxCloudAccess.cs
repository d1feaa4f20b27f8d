using System.Text.Json;
using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Backends.PxCloud;

/// <summary>How harmful an operation of PXCloud is: by its method and the words of its path, and at a call by its arguments.</summary>
internal static class PxCloudAccess
{
    private const int ManyIds = 5;

    private static readonly string[] Looking = ["search", "query", "list", "validate", "preview", "check", "ping", "test-connection", "dry-run"];
    private static readonly string[] Telling = ["tokens", "secrets", "keys", "audit"];

    private static readonly string[] Governing =
        ["users", "user", "groups", "roles", "acl", "permissions", "auth", "token", "tokens", "sso", "ldap", "certificates", "license", "settings", "system", "config"];

    private static readonly string[] Deleting = ["delete", "destroy", "remove", "purge", "wipe", "format", "erase"];

    // The last is PXCloud's own: its guide counts a change of a firewall among these.
    private static readonly string[] Harming =
    [
        .. Deleting, "reset", "reboot", "restart", "shutdown", "stop", "poweroff", "force", "kill", "suspend", "pause", "hibernate", "rollback", "revert", "restore",
        "migrate", "evacuate", "failover", "detach", "unplug", "shrink", "resize", "template", "exec", "execute", "command", "console", "firewall",
    ];

    // Verbs that a name may begin with although its path does not say so.
    private static readonly string[] HarmingVerbs = [.. Deleting, "reset", "reboot", "restart", "shutdown", "stop", "poweroff", "kill", "rollback", "revert", "restore", "migrate", "evacuate"];

    public static Access Of(Route route)
    {
        var words = Segments(route.Path);
        if (route.Method is "GET" or "HEAD")
        {
            return words.Overlaps(Telling) ? Access.Admin : Access.Read;
        }

        if (route.Method == "POST" && Looking.Contains(route.Path.TrimEnd('/').Split('/')[^1].ToLowerInvariant()))
        {
            return Access.Read;
        }

        return words.Overlaps(Governing) || route.Path.Contains("/api-keys", StringComparison.OrdinalIgnoreCase) ? Access.Admin
            : route.Method == "DELETE" || words.Overlaps(Harming) || HarmingVerbs.Contains(Words.Split(route.Name).FirstOrDefault()) ? Access.Dangerous
            : Access.Write;
    }

    /// <summary>
    /// The class with a mark of the description: it may raise the class, or say that a POST only looks. It cannot take away what a person
    /// is asked about, because whoever sends the description is not trusted so far; the operator's own settings can.
    /// </summary>
    public static Access Marked(Operation operation, Access? mark) => mark switch
    {
        null => operation.Access,
        Access.Read when operation is { Method: "POST", Access: Access.Write } => Access.Read,
        { } marked => marked > operation.Access ? marked : operation.Access,
    };

    /// <summary>Whether an operation takes something away for good, whatever its method.</summary>
    public static bool Deletes(Operation operation) =>
        operation.Method == "DELETE" || (operation.Method != "GET" && operation.Access != Access.Read && Segments(operation.Path).Overlaps(Deleting));

    /// <summary>The class of a call: what switches off, what is forced, and what hits many at once is dangerous.</summary>
    public static Access OfCall(Operation operation, JsonElement arguments)
    {
        if (!operation.Changes || operation.Access == Access.Dangerous)
        {
            return operation.Access;
        }

        var body = arguments.TryGetProperty("body", out var whole) ? whole : arguments;
        var switches = Segments(operation.Path).Contains("power") && !IsHarmlessSwitch(body);
        return switches || Forces(body) || HitsMany(body) ? Access.Dangerous : operation.Access;
    }

    // One that is not told what to do may do anything.
    private static bool IsHarmlessSwitch(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.Array => body.GetArrayLength() > 0 && body.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.Object && IsHarmlessSwitch(item)),
        JsonValueKind.Object => body.EnumerateObject().Any(IsSwitch) && body.EnumerateObject().Where(IsSwitch).All(static property => property.Value.GetString() is "on" or "start"),
        _ => false,
    };

    private static bool IsSwitch(JsonProperty property) =>
        property.Value.ValueKind == JsonValueKind.String && property.Name is "action" or "state" or "power" or "power_state" or "status" or "operation" or "command";

    private static bool Forces(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("force", out var force) && force.ValueKind == JsonValueKind.True;

    private static bool HitsMany(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.Array => body.GetArrayLength() > ManyIds && body.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.Object),
        JsonValueKind.Object => body.EnumerateObject().Any(static property => property.Value.ValueKind == JsonValueKind.Array
            && property.Value.GetArrayLength() > ManyIds && (property.Name.EndsWith("ids", StringComparison.OrdinalIgnoreCase) || property.Name is "targets" or "vms" or "nodes")),
        _ => false,
    };

    private static HashSet<string> Segments(string path) =>
        [.. path.Split('/').Where(static segment => !segment.StartsWith('{')).SelectMany(Words.Split)];
}
