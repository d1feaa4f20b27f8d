using System.Text.Json;
using Hypergate.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp;

/// <summary>Our prompts in the protocol's types.</summary>
internal sealed class PromptHandlers(IReadOnlyList<PromptDefinition> prompts)
{
    private const int LongestArgument = 400;

    public ListPromptsResult List() => new()
    {
        Prompts = [.. prompts.Select(ToProtocol)],
        TimeToLive = McpOptions.ListLifetime,
        CacheScope = CacheScope.Private,
    };

    /// <exception cref="McpProtocolException">There is no such prompt, or the arguments are not its.</exception>
    public GetPromptResult Get(GetPromptRequestParams? request)
    {
        var prompt = prompts.FirstOrDefault(candidate => candidate.Name == request?.Name)
            ?? throw new McpProtocolException($"Unknown prompt: '{request?.Name}'.", McpErrorCode.InvalidParams);
        return new GetPromptResult
        {
            Description = prompt.Description,
            Messages = [new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = prompt.Write(Arguments(prompt, request?.Arguments)) } }],
        };
    }

    private static Dictionary<string, string> Arguments(PromptDefinition prompt, IDictionary<string, JsonElement>? given)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in given ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
        {
            if (!prompt.Arguments.Any(argument => argument.Name == name))
            {
                throw Invalid($"The prompt '{prompt.Name}' has no argument '{name}'.");
            }

            if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: <= LongestArgument } text)
            {
                throw Invalid($"The argument '{name}' must be a text of at most {LongestArgument} characters.");
            }

            arguments[name] = text;
        }

        return prompt.Arguments.FirstOrDefault(argument => argument.Required && !arguments.ContainsKey(argument.Name)) is { } missing
            ? throw Invalid($"The prompt '{prompt.Name}' needs the argument '{missing.Name}'.")
            : arguments;
    }

    private static McpProtocolException Invalid(string message) => new(message, McpErrorCode.InvalidParams);

    private static Prompt ToProtocol(PromptDefinition prompt) => new()
    {
        Name = prompt.Name,
        Title = prompt.Title,
        Description = prompt.Description,
        Arguments = prompt.Arguments.Count == 0
            ? null
            : [.. prompt.Arguments.Select(static argument => new PromptArgument { Name = argument.Name, Description = argument.Description, Required = argument.Required })],
    };
}
