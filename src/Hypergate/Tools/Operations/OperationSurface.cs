using Hypergate.Backends;
using Hypergate.Catalog;
using Hypergate.Model;

namespace Hypergate.Tools.Operations;

/// <summary>The operations surface: one tool for each operation that callers may see, with the operation's own schema.</summary>
/// <param name="surroundings">What its tools work with.</param>
/// <param name="patterns">The only operations that become tools, as the settings' allow lists name them; null for all.</param>
internal sealed class OperationSurface(ToolSurroundings surroundings, IReadOnlyList<string>? patterns = null)
{
    public IReadOnlyList<ToolDefinition> Build(CatalogSnapshot catalog)
    {
        var names = new OperationToolNames(surroundings.Backends, catalog);
        return [.. surroundings.Backends.SelectMany(backend => surroundings.Shown(catalog, backend.Name)
            .Where(IsWanted)
            .Select(operation => Define(names.Of(backend.Name, operation), backend, operation)))];
    }

    public bool IsWanted(Operation operation) =>
        patterns is null || patterns.Any(pattern => OperationPattern.Matches(pattern, operation));

    private ToolDefinition Define(string name, Backend backend, Operation operation) => new()
    {
        Name = name,
        Title = operation.Title,
        Description = DescriptionOf(operation),
        InputSchema = OperationSchema.Input(operation),
        OutputSchema = OperationSchema.Output,
        Hints = HintsOf(operation),
        Run = new OperationToolRunner(name, backend.Name, operation.Name, surroundings).RunAsync,
    };

    private static string DescriptionOf(Operation operation)
    {
        var text = operation.Description.Length > 0 ? operation.Description : $"{operation.Title}.";
        text = operation.Rules is { Hints.Count: > 0 } rules ? $"{text} ({string.Join("; ", rules.Hints)})" : text;
        return operation.Changes ? $"{text} Needs the person's consent." : text;
    }

    private static ToolHints HintsOf(Operation operation) => operation.Changes
        ? new ToolHints(
            ReadOnly: false,
            Destructive: operation.Access == Access.Dangerous,
            Idempotent: operation.Method is "PUT" or "DELETE",
            OpenWorld: false)
        : ToolHints.Reading;
}
