using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Tools.Search;

/// <summary><c>call_operation</c>: runs any operation that callers may see.</summary>
internal sealed class CallOperationTool(ToolSurroundings surroundings)
{
    public const string Name = "call_operation";

    private const string Arguments = "arguments";

    private static readonly string[] Own = [OwnArguments.Operation, OwnArguments.Backend, Arguments];

    /// <param name="changes">Whether there is an operation that changes something.</param>
    /// <param name="destroys">Whether there is one that destroys.</param>
    public ToolDefinition Define(bool changes, bool destroys) => new()
    {
        Name = Name,
        Title = "Call an operation",
        Description = "Runs an operation that search_operations found, with arguments by name (body: an object). Lists also take fields, filter, sort, limit, cursor, format."
            + (changes ? " A change answers with a preview first; once the person agrees, call again with its confirm_token." : ""),
        InputSchema = ToolSchema.Open(writer => WriteArguments(writer, changes), OwnArguments.Operation),
        OutputSchema = ToolSchema.Write(static writer => writer.WriteString("type", "object")),
        Hints = changes ? new ToolHints(ReadOnly: false, destroys, Idempotent: false, OpenWorld: false) : ToolHints.Reading,
        Run = RunAsync,
    };

    private void WriteArguments(Utf8JsonWriter writer, bool changes)
    {
        ToolSchema.Property(writer, OwnArguments.Operation, "string");
        if (surroundings.Backends.Count > 1)
        {
            ToolSchema.Choice(writer, OwnArguments.Backend, surroundings.Backends.Select(static backend => backend.Name));
        }

        ToolSchema.Property(writer, Arguments, "object");
        if (changes)
        {
            ToolSchema.Property(writer, OwnArguments.ConfirmToken, "string");
        }
    }

    private async Task<ToolResult> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        if (OwnArguments.Text(request.Arguments, OwnArguments.Operation) is not { Length: > 0 } name)
        {
            return ToolResult.Error($"{Name}: the argument 'operation' is missing; search_operations finds its name.");
        }

        if (Given(request.Arguments, out var arguments) is { } fault)
        {
            return ToolResult.Error($"{Name}: {fault}");
        }

        var backend = OwnArguments.Text(request.Arguments, OwnArguments.Backend);
        await surroundings.SettledAsync(backend, cancellationToken);
        var finding = new OperationLookup(surroundings).Find(name, backend);
        if (finding is OperationFinding.Found found)
        {
            return await new OperationRunner(surroundings).RunAsync(
                new OperationUse(Name, found.Backend, found.Operation, CallArguments.Sort(RegistryArguments.Of(arguments, found.Operation, found.Registry), found.Operation), $"Failed to execute {found.Operation.Name}"),
                request,
                cancellationToken);
        }

        var missing = (OperationFinding.Missing)finding;
        await surroundings.MissAsync(missing, new MissedCall(request.Caller, Name, backend, name, arguments));
        return ToolResult.Error($"{Name}: {missing.Problem}");
    }

    // Arguments of the operation that a model puts beside "arguments" instead of into it are as good there.
    private static string? Given(JsonElement request, out JsonElement arguments)
    {
        arguments = default;
        var inside = request.TryGetProperty(Arguments, out var given) && given.ValueKind != JsonValueKind.Null ? given : default;
        if (inside.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
        {
            return "'arguments' must be an object with one property for each argument. Nothing was sent.";
        }

        var all = (inside.ValueKind == JsonValueKind.Object ? inside.EnumerateObject() : default)
            .Concat(request.EnumerateObject().Where(static property => !Own.Contains(property.Name))).ToList();
        if (all.GroupBy(static property => property.Name, StringComparer.Ordinal).FirstOrDefault(static group => group.Skip(1).Any()) is { } twice)
        {
            return $"the argument '{twice.Key}' is given twice. Nothing was sent.";
        }

        arguments = ToolSchema.Write(writer => all.ForEach(property => property.WriteTo(writer)));
        return null;
    }
}
