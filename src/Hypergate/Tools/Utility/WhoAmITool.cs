using System.Globalization;
using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Limits;
using Hypergate.Model;

namespace Hypergate.Tools.Utility;

/// <summary><c>whoami</c>: who the caller is for the gateway, and what it may do on each backend.</summary>
internal sealed class WhoAmITool(ToolSurroundings surroundings)
{
    public ToolDefinition Tool => new()
    {
        Name = "whoami",
        Title = "Who am I",
        Description = "Your name, roles and rights on each backend.",
        InputSchema = ToolSchema.Closed(static _ => { }),
        OutputSchema = ToolSchema.Open(static writer =>
        {
            ToolSchema.Property(writer, "caller", "string");
            ToolSchema.Property(writer, "roles", "array");
            ToolSchema.Property(writer, "backends", "array");
        }),
        Hints = ToolHints.Reading,
        Run = (request, _) => Task.FromResult(Run(request)),
    };

    private ToolResult Run(ToolRequest request)
    {
        if (UtilityArguments.Unexpected(request.Arguments, Tool) is { } fault)
        {
            return fault;
        }

        var catalog = surroundings.Catalog.Current;
        var rights = surroundings.Backends.Select(backend => new Rights(backend, Words(surroundings.Policies[backend.Name].Highest), surroundings.Shown(catalog, backend.Name).Count())).ToList();
        return new ToolResult(Text(request.Caller, rights)) { Structured = ToolSchema.Write(writer => Write(writer, request.Caller, rights)) };
    }

    private string Text(Caller caller, List<Rights> rights)
    {
        var expires = caller.Expires is { } end ? $", until {Day(end)}" : "";
        var rules = Rules(caller);
        var lines = rights.Select(static entry => $"- {entry.Backend.Name} ({entry.Backend.Kind.Title}): {entry.May}; {entry.Operations.ToString(CultureInfo.InvariantCulture)} operations");
        return $"""
            You are {caller.Name} ({caller.AuthenticatedBy}{expires}). Roles: {(caller.Roles.Count == 0 ? "none" : string.Join(", ", caller.Roles))}.
            {(rights.Count == 0 ? "There is no backend for you." : string.Join('\n', lines))}{string.Concat(rules.Select(static rule => $"\n- {rule}"))}
            check_connection tells who the gateway is on each backend.
            """;
    }

    private void Write(Utf8JsonWriter writer, Caller caller, List<Rights> rights)
    {
        writer.WriteString("caller", caller.Name);
        writer.WriteString("authenticated_by", caller.AuthenticatedBy);
        if (caller.Expires is { } end)
        {
            writer.WriteString("expires", Day(end));
        }

        writer.WriteStartArray("roles");
        foreach (var role in caller.Roles)
        {
            writer.WriteStringValue(role);
        }

        writer.WriteEndArray();
        if (Rules(caller) is { Count: > 0 } rules)
        {
            writer.WriteStartArray("rules");
            rules.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
        }

        writer.WriteStartArray("backends");
        foreach (var entry in rights)
        {
            writer.WriteStartObject();
            writer.WriteString("backend", entry.Backend.Name);
            writer.WriteString("platform", entry.Backend.Kind.Title);
            writer.WriteString("may", entry.May);
            writer.WriteNumber("operations", entry.Operations);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // Only where the settings say more than a class.
    private List<string> Rules(Caller caller)
    {
        var rights = surroundings.Backends.Select(backend => surroundings.Policies[backend.Name].Rights).FirstOrDefault();
        return
        [
            .. caller is { IsRenewedByHand: true, Expires: { } end } && end - surroundings.Time.GetUtcNow() <= Caller.Notice
                ? [$"your key ends on {Day(end)}: ask the gateway's operator for a new one (hypergate keys rotate)"] : Array.Empty<string>(),
            .. caller.IsReadOnly ? ["only looks, whatever the roles allow"] : Array.Empty<string>(),
            .. caller.Surfaces is { } surfaces ? [$"your key is shown these surfaces alone: {string.Join(", ", surfaces)}"] : Array.Empty<string>(),
            .. caller.Backends is { } backends ? [$"your key reaches these backends alone: {string.Join(", ", backends)}"] : Array.Empty<string>(),
            .. rights?.Deny.Select(static rule => $"never: {rule} ({rule.Name})") ?? [],
            .. rights?.Allow.Select(static rule => $"allowed: {rule} ({rule.Name})") ?? [],
            .. rights?.Confirm.Select(static rule => $"needs consent: {rule} ({rule.Name})") ?? [],
            .. Secrets(rights),
            .. Limits(surroundings.LimitsOf(caller)),
        ];
    }

    private IEnumerable<string> Secrets(RoleRights? rights)
    {
        if (rights?.SeesSecrets == true && surroundings.Backends.Select(static backend => backend.Name).Where(rights.SeesSecretsOf).ToList() is { Count: > 0 } open)
        {
            yield return $"sees passwords, tokens and keys in answers of {string.Join(", ", open)}";
        }
    }

    private static IEnumerable<string> Limits(LimitSettings limits)
    {
        foreach (var (most, of) in new[]
        {
            (limits.CallsPerMinute, "calls a minute"), (limits.WritesPerMinute, "changes a minute"), (limits.DangerousPerHour, "dangerous calls an hour on each backend"),
            (limits.MegabytesPerMinute, "megabytes a minute"), (limits.CodeRunsPerMinute, "scripts a minute"), (limits.CodeRunsAtOnce, "scripts at once"),
        })
        {
            if (most is { } some)
            {
                yield return $"at most {some.ToString(CultureInfo.InvariantCulture)} {of}";
            }
        }
    }

    private static string Words(Access? highest) => highest switch
    {
        null => "nothing",
        Access.Read => "look",
        Access.Write => "look and change what can be undone",
        Access.Admin => "look, change, and administer",
        _ => "everything that the settings allow",
    };

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private sealed record Rights(Backend Backend, string May, int Operations);
}
