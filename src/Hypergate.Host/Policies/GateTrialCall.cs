using System.Text.Json;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Host.Policies;

/// <summary>A call that somebody wrote down to try gates with; its operation need not exist.</summary>
/// <param name="Call">The call.</param>
/// <param name="Kind">The kind of its backend.</param>
internal sealed record GateTrialCall(Call Call, string Kind)
{
    private static readonly string[] Members = ["operation", "args", "backend", "kind", "resource", "access", "caller"];

    /// <param name="text">A JSON object.</param>
    /// <exception cref="SettingsException">It is none, or has something wrong in it; the message says what.</exception>
    public static GateTrialCall Read(string text)
    {
        var call = Parse(text);
        foreach (var member in call.EnumerateObject().Where(static member => !Members.Contains(member.Name, StringComparer.Ordinal)))
        {
            throw new SettingsException($"--call knows no '{member.Name}'{(NearestName.Find(member.Name, Members) is { } near ? $"; did you mean '{near}'?" : $"; it may have {string.Join(", ", Members)}")}");
        }

        var access = AccessOf(Text(call, "access") ?? "write");
        var operation = new Operation
        {
            Name = Text(call, "operation") ?? throw new SettingsException("--call needs 'operation', such as {\"operation\": \"CreateVm\", \"args\": {}}"),
            DeclaredName = Text(call, "operation")!,
            Domain = Text(call, "resource") ?? "",
            Title = "",
            Method = access == Access.Read ? "GET" : "POST",
            Path = "/",
            Access = access,
        };
        return new(
            new Call { Backend = Text(call, "backend") ?? "backend", Operation = operation, Caller = CallerOf(call), Arguments = ArgumentsOf(call), Tool = "test" },
            Text(call, "kind") ?? "");
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } call ? call : throw new SettingsException("--call takes a JSON object");
        }
        catch (JsonException exception)
        {
            throw new SettingsException($"--call is no JSON: {exception.Message}");
        }
    }

    private static Access AccessOf(string word) => word.All(char.IsAsciiLetter) && Enum.TryParse<Access>(word, ignoreCase: true, out var access)
        ? access
        : throw new SettingsException($"--call has the access '{word}'; there are read, write, admin, dangerous");

    private static JsonElement ArgumentsOf(JsonElement call) =>
        !call.TryGetProperty("args", out var arguments) ? JsonElement.Parse("{}")
        : arguments.ValueKind == JsonValueKind.Object ? arguments : throw new SettingsException("--call needs an object as 'args'");

    private static Caller CallerOf(JsonElement call) => !call.TryGetProperty("caller", out var caller) || caller.ValueKind != JsonValueKind.Object
        ? Caller.LocalUser
        : new Caller(
            Text(caller, "name") ?? "somebody",
            caller.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array ? [.. roles.EnumerateArray().Select(static role => role.ToString())] : []);

    private static string? Text(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
