using Hypergate.Conformance.Tools;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Conformance;

/// <summary>Prompts with every kind of content.</summary>
internal static class Prompts
{
    public static IEnumerable<McpServerPrompt> All =>
    [
        Prompt("test_simple_prompt", static () => Result(Text("This is a simple prompt for testing."))),
        Prompt("test_prompt_with_arguments", static (string arg1, string arg2) => Result(Text($"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'"))),
        Prompt("test_prompt_with_embedded_resource", static (string resourceUri) => Result(
            Message(new EmbeddedResourceBlock { Resource = new TextResourceContents { Uri = resourceUri, MimeType = "text/plain", Text = "Embedded resource content for testing." } }),
            Text("Please process the embedded resource above."))),
        Prompt("test_prompt_with_image", static () => Result(Message(ImageContentBlock.FromBytes(Media.Png, "image/png")), Text("Please analyze the image above."))),
        Prompt("test_input_required_result_prompt", static (RequestContext<GetPromptRequestParams> request) =>
            request.Params?.InputResponses is { } responses && responses.TryGetValue("user_context", out var answer)
                ? Result(Text($"The context is {answer.RawValue.GetRawText()}."))
                : throw InputTools.Needs(null, ("user_context", Forms.Ask("What context should the prompt use?", "context")))),
    ];

    /// <summary>Offers nothing for these, and leaves every other name to the gateway.</summary>
    public static McpRequestHandler<CompleteRequestParams, CompleteResult> Completing(McpRequestHandler<CompleteRequestParams, CompleteResult> gateway) => (request, cancellationToken) =>
        request.Params?.Ref is PromptReference { Name: var name } && All.Any(prompt => prompt.ProtocolPrompt.Name == name)
            ? ValueTask.FromResult(new CompleteResult { Completion = new Completion { Values = [] } })
            : gateway(request, cancellationToken);

    private static McpServerPrompt Prompt(string name, Delegate get) =>
        McpServerPrompt.Create(get, new McpServerPromptCreateOptions { Name = name, Description = "A prompt for the conformance suite." });

    private static GetPromptResult Result(params IList<PromptMessage> messages) => new() { Messages = messages };

    private static PromptMessage Text(string text) => Message(new TextContentBlock { Text = text });

    private static PromptMessage Message(ContentBlock content) => new() { Role = Role.User, Content = content };
}
