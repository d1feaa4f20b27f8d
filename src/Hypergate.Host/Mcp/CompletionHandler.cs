using Hypergate.Host.Mcp.Resources;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp;

/// <summary>Completes the names of backends and operations in prompts and addresses of resources.</summary>
internal sealed class CompletionHandler(McpContent content)
{
    private const int MostValues = 100;

    public CompleteResult Complete(CompleteRequestParams? request)
    {
        var argument = request?.Argument;
        var shelf = content.Shelf();
        var known = argument?.Name switch
        {
            "backend" => shelf.Backends,
            "operation" => Operations(shelf, request?.Context?.Arguments),
            _ => [],
        };
        var fitting = known.Where(name => name.StartsWith(argument?.Value ?? "", StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal).ToList();
        return new CompleteResult
        {
            Completion = new Completion { Values = [.. fitting.Take(MostValues)], Total = fitting.Count, HasMore = fitting.Count > MostValues },
        };
    }

    private static IEnumerable<string> Operations(BackendShelf shelf, IDictionary<string, string>? given) =>
        given is not null && given.TryGetValue("backend", out var backend)
            ? shelf.Operations(backend)
            : shelf.Backends.SelectMany(shelf.Operations);
}
