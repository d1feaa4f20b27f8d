using System.Text.Json;
using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>
/// How harmful an operation of an API is of which nothing is known but its description: by its method and the words of its path, and at a
/// call by its arguments. Words are compared whole and without case; a path is split at <c>/</c>, <c>-</c>, <c>_</c> and capitals, and what
/// stands in braces is a value.
/// </summary>
internal static class PathAccess
{
    private const int ManyIds = 5;

    // Two words are one name: test-connection, testConnection and test_connection.
    private static readonly string[] Looking = ["search", "query", "list", "validate", "preview", "check", "ping", "test connection", "dry run"];
    private static readonly string[] Telling = ["tokens", "secrets", "keys", "audit"];

    private static readonly string[] Governing =
        ["users", "user", "groups", "roles", "acl", "permissions", "auth", "token", "tokens", "api keys", "sso", "ldap", "certificates", "license", "settings", "system", "config"];

    private static readonly string[] Deleting = ["delete", "destroy", "remove", "purge", "wipe", "format", "erase"];

    private static readonly string[] Harming =
    [
        .. Deleting, "reset", "reboot", "restart", "shutdown", "stop", "poweroff", "force", "kill", "suspend", "pause", "hibernate", "rollback", "roll back", "revert", "restore",
        "migrate", "evacuate", "failover", "detach", "unplug", "shrink", "resize", "template", "exec", "execute", "command", "console", "share full",
    ];

    /// <summary>Verbs of <see cref="Harms"/> that mean the same at the beginning of an operation's name.</summary>
    public static IReadOnlyList<string> HarmingVerbs { get; } =
        [.. Deleting, "reset", "reboot", "restart", "shutdown", "stop", "poweroff", "kill", "rollback", "revert", "restore", "migrate", "evacuate"];

    /// <summary>Whether a POST only looks, by the last part of its path.</summary>
    public static bool Looks(Route route) => route.Method == "POST" && Looking.Contains(string.Join(' ', Words.Split(route.Path.TrimEnd('/').Split('/')[^1])));

    /// <summary>Whether a read tells credentials, or what others did.</summary>
    public static bool Tells(Route route) => route.Method is "GET" or "HEAD" && Names(route.Path, Telling);

    /// <summary>Whether a change is one of rights, credentials or the configuration of the platform.</summary>
    public static bool Governs(Route route) => route.Method is not ("GET" or "HEAD") && Names(route.Path, Governing);

    /// <summary>Whether a change destroys, cuts power, or cannot be undone. What a power operation does is told by its arguments, where its path does not say it.</summary>
    public static bool Harms(Route route) =>
        route.Method == "DELETE" || (route.Method is not ("GET" or "HEAD") && (Names(route.Path, Harming) || SaysPower(route.Path) == PowerWord.Other));

    /// <summary>Whether an operation takes something away for good, whatever its method.</summary>
    public static bool Deletes(Operation operation) =>
        operation.Method == "DELETE" || (operation.Method is not ("GET" or "HEAD") && operation.Access != Access.Read && Names(operation.Path, Deleting));

    /// <summary>The class of a call: what switches off, what is forced, and what hits many at once is dangerous.</summary>
    public static Access OfCall(Operation operation, JsonElement arguments)
    {
        if (!operation.Changes || operation.Access == Access.Dangerous)
        {
            return operation.Access;
        }

        JsonElement[] said = arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty("body", out var body) ? [arguments, body] : [arguments];
        var switches = SaysPower(operation.Path) is PowerWord.Told && !IsHarmlessSwitch(said);
        return switches || Array.Exists(said, Forces) || Array.Exists(said, HitsMany) ? Access.Dangerous : operation.Access;
    }

    /// <summary>Whether a path says one of the names.</summary>
    public static bool Names(string path, IReadOnlyList<string> names)
    {
        foreach (var segment in path.Split('/'))
        {
            if (segment.StartsWith('{'))
            {
                continue;
            }

            var words = Words.Split(segment);
            for (var at = 0; at < words.Count; at++)
            {
                if (names.Contains(words[at]) || (at + 1 < words.Count && names.Contains($"{words[at]} {words[at + 1]}")))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // /power/on says itself what it does; /power is told by an argument.
    private static PowerWord SaysPower(string path)
    {
        var segments = path.Split('/');
        for (var at = 0; at < segments.Length; at++)
        {
            if (segments[at].StartsWith('{') || Words.Split(segments[at]) is not { } words || words.IndexOf("power") is not (>= 0 and var place))
            {
                continue;
            }

            var next = place + 1 < words.Count ? words[place + 1] : at + 1 < segments.Length && !segments[at + 1].StartsWith('{') ? segments[at + 1].ToLowerInvariant() : "";
            return next is "on" or "start" ? PowerWord.On : next.Length > 0 ? PowerWord.Other : PowerWord.Told;
        }

        return PowerWord.None;
    }

    // One that is not told what to do may do anything; one that is told two things does the worse.
    private static bool IsHarmlessSwitch(JsonElement[] said)
    {
        var words = said.SelectMany(SwitchesOf).ToList();
        return words.Count > 0 && words.TrueForAll(static word => word is not null && (word.Equals("on", StringComparison.OrdinalIgnoreCase) || word.Equals("start", StringComparison.OrdinalIgnoreCase)));
    }

    // Null for an entry of a list that does not say.
    private static IEnumerable<string?> SwitchesOf(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.Array => body.EnumerateArray().SelectMany(static item => SwitchesOf(item) is var words && words.Any() ? words : [null]),
        JsonValueKind.Object => body.EnumerateObject().Where(IsSwitch).Select(static property => property.Value.GetString()),
        _ => [],
    };

    private static bool IsSwitch(JsonProperty property) =>
        property.Value.ValueKind == JsonValueKind.String && property.Name is "action" or "state" or "power" or "power_state" or "powerState" or "status" or "operation" or "command";

    private static bool Forces(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.Array => body.EnumerateArray().Any(Forces),
        JsonValueKind.Object => body.TryGetProperty("force", out var force) && (force.ValueKind == JsonValueKind.True || (force.ValueKind == JsonValueKind.String && force.GetString() is "true" or "1")),
        _ => false,
    };

    private static bool HitsMany(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.Array => body.GetArrayLength() > ManyIds && (body.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.Object) || body.EnumerateArray().All(IsId)),
        JsonValueKind.Object => body.EnumerateObject().Any(static property => property.Value.ValueKind == JsonValueKind.Array && property.Value.GetArrayLength() > ManyIds
            && (property.Name.EndsWith("ids", StringComparison.OrdinalIgnoreCase) || property.Name is "targets" or "vms" or "nodes" || property.Value.EnumerateArray().All(IsId))),
        _ => false,
    };

    // A number, a UUID, or what PXCloud calls its machines: cluster:node:vmid.
    private static bool IsId(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Number => true,
        JsonValueKind.String => item.TryGetGuid(out _) || item.GetString()!.Split(':').Length == 3,
        _ => false,
    };

    private enum PowerWord
    {
        None,

        /// <summary>An argument tells what to do.</summary>
        Told,
        On,
        Other,
    }
}
