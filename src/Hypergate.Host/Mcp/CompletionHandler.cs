using Hypergate.Host.Mcp.Resources;
using Hypergate.Model;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp;

/// <summary>Completes the names of backends, operations, objects and topics in prompts and addresses of resources.</summary>
internal sealed class CompletionHandler(McpContent content, Caller alone)
{
    private const int MostValues = 100;
    private static readonly string[] NamedInPrompts = ["guests", "nodes", "storages"];

    public async ValueTask<CompleteResult> CompleteAsync(RequestContext<CompleteRequestParams> request, CancellationToken cancellationToken)
    {
        if (request.Params?.Ref is PromptReference { Name: var prompt } && !content.Prompts.Any(known => known.Name == prompt))
        {
            throw new McpProtocolException($"Unknown prompt: '{prompt}'.", McpErrorCode.InvalidParams);
        }

        var argument = request.Params?.Argument;
        var given = new Given(request.Params?.Context?.Arguments, RequestCaller.Of(request, alone).By("resources"));
        var known = argument is null ? [] : await KnownAsync(argument.Name, given, cancellationToken);
        var fitting = known.Where(name => name.StartsWith(argument?.Value ?? "", StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal).ToList();
        return new CompleteResult
        {
            Completion = new Completion { Values = [.. fitting.Take(MostValues)], Total = fitting.Count, HasMore = fitting.Count > MostValues },
        };
    }

    private async Task<IEnumerable<string>> KnownAsync(string argument, Given given, CancellationToken cancellationToken) => argument switch
    {
        "backend" => content.Shelf().Backends,
        "operation" => Backends(given).SelectMany(content.Shelf().Operations),
        "type" => Backends(given).SelectMany(content.Objects().Types).Select(static type => type.Name),
        "object" when given["type"] is { } type => await NamesAsync(given, [type], cancellationToken),
        "name" => await NamesAsync(given, NamedInPrompts, cancellationToken),
        "topic" => content.Documentation() is null ? [] : DocumentationShelf.Topics,
        "passage" when given["topic"] is { } topic && content.Documentation() is { } shelf => await shelf.HeadingsAsync(topic, cancellationToken),
        _ => [],
    };

    private IReadOnlyList<string> Backends(Given given) => given["backend"] is { Length: > 0 } backend ? [backend] : content.Shelf().Backends;

    private async Task<IEnumerable<string>> NamesAsync(Given given, IReadOnlyList<string> types, CancellationToken cancellationToken)
    {
        var shelf = content.Objects();
        var names = await Task.WhenAll(Backends(given).SelectMany(backend => types.Select(type => shelf.NamesAsync(backend, type, given.Caller, cancellationToken))));
        return names.SelectMany(static some => some);
    }

    /// <summary>What is filled in already, and who asks.</summary>
    private sealed record Given(IDictionary<string, string>? Arguments, Caller Caller)
    {
        public string? this[string name] => Arguments is not null && Arguments.TryGetValue(name, out var value) ? value : null;
    }
}
