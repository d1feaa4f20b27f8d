using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Catalog;
using Hypergate.Model;

namespace Hypergate.Tools.Operations;

/// <summary>The operations surface: one tool for each operation that callers may see, with the operation's own schema.</summary>
/// <param name="surroundings">What its tools work with.</param>
/// <param name="patterns">The only operations that become tools, as the settings' allow lists name them; null for all.</param>
internal sealed class OperationSurface(ToolSurroundings surroundings, IReadOnlyList<string>? patterns = null)
{
    private static readonly JsonElement NoArguments = JsonElement.Parse("{}");

    public IReadOnlyList<ToolDefinition> Build(CatalogSnapshot catalog)
    {
        var names = new OperationToolNames(surroundings.Backends, catalog);
        return
        [
            .. surroundings.Backends.SelectMany(backend => surroundings.Shown(catalog, backend.Name)
                .Where(IsWanted)
                .Select(operation => Define(names.Of(backend.Name, operation), backend, operation))),
            .. surroundings.Backends.Where(backend => surroundings.Policies[backend.Name].MayChange).Select(static backend => backend.Kind.ConfirmTool).OfType<string>().Distinct(StringComparer.Ordinal)
                .Select(name => new ConfirmChangeTool(name, surroundings).Tool),
        ];
    }

    public bool IsWanted(Operation operation) =>
        patterns is null || patterns.Any(pattern => OperationPattern.Matches(pattern, operation));

    private ToolDefinition Define(string name, Backend backend, Operation operation) => new()
    {
        Name = name,
        OtherNames = OtherNames(backend, operation),
        Title = operation.Title,
        Description = DescriptionOf(operation),
        InputSchema = OperationSchema.Input(operation),
        OutputSchema = OperationSchema.Output,
        Hints = HintsOf(operation, backend.Kind),
        Run = new OperationToolRunner(name, backend.Name, operation.Name, surroundings).RunAsync,
    };

    private static string DescriptionOf(Operation operation)
    {
        var text = operation.Description.Length > 0 ? operation.Description : $"{operation.Title}.";
        text = operation.Rules is { Hints.Count: > 0 } rules ? $"{text} ({string.Join("; ", rules.Hints)})" : text;
        return operation.Changes ? $"{text} Needs the person's consent." : text;
    }

    // Names from elsewhere begin with the backend's or, where there is one of a kind, with the kind's.
    private IReadOnlyList<string> OtherNames(Backend backend, Operation operation)
    {
        if (operation.OtherNames.Count == 0)
        {
            return [];
        }

        var prefix = OperationToolNames.Plain(backend.Name);
        var isAlone = surroundings.Backends.Count(other => other.Kind.Name == backend.Kind.Name) == 1;
        var all = operation.OtherNames.Append(operation.Name).ToList();
        return [.. all.Select(other => $"{prefix}_{other}").Concat(isAlone ? all.Select(other => $"{backend.Kind.Name}_{other}") : []).Distinct(StringComparer.Ordinal)];
    }

    private static ToolHints HintsOf(Operation operation, BackendKind kind) => operation.Changes
        ? new ToolHints(
            ReadOnly: false,
            Destructive: operation.Access == Access.Dangerous || (kind.ConfirmTool is not null && kind.AccessOf(operation, NoArguments) == Access.Dangerous),
            Idempotent: operation.Method is "PUT" or "DELETE",
            OpenWorld: false)
        : ToolHints.Reading;
}
