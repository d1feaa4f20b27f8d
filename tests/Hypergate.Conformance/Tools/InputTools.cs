using System.Security.Cryptography;
using System.Text;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Conformance.Tools;

/// <summary>Tools that need something of the client before they can answer.</summary>
internal static class InputTools
{
    private const string Prefix = "test_input_required_result_";
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    public static IEnumerable<McpServerTool> All =>
    [
        Tool("elicitation", static request => Name(request) is { } name
            ? ContentTools.Text($"Hello, {name}!")
            : throw Needs(null, ("user_name", Forms.Ask("What is your name?", "name")))),
        Tool("sampling", static request => Raw(request, "capital_question") is { } answer
            ? ContentTools.Text($"The model says: {answer}")
            : throw Needs(null, ("capital_question", InputRequest.ForSampling(Forms.Sampling("What is the capital of France?", 100))))),
        Tool("list_roots", static request => Raw(request, "client_roots") is { } answer
            ? ContentTools.Text($"The roots are: {answer}")
            : throw Needs(null, ("client_roots", InputRequest.ForRootsList(new ListRootsRequestParams())))),
        Tool("request_state", static request => IsSealed(request, "state") && Raw(request, "confirm") is not null
            ? ContentTools.Text("state-ok")
            : throw Needs("state", ("confirm", Forms.Confirm("Please confirm")))),
        Tool("tampered_state", static request => request.Params?.RequestState is null
            ? throw Needs("state", ("confirm", Forms.Confirm("Please confirm")))
            : IsSealed(request, "state")
                ? ContentTools.Text("state-ok")
                : throw new McpProtocolException("The requestState was not made by this server.", McpErrorCode.InvalidParams)),
        Tool("multiple_inputs", static request => Raw(request, "user_name") is not null && Raw(request, "greeting") is not null && Raw(request, "client_roots") is not null
            ? ContentTools.Text("Everything is there.")
            : throw Needs(
                "several",
                ("user_name", Forms.Ask("What is your name?", "name")),
                ("greeting", InputRequest.ForSampling(Forms.Sampling("Generate a greeting", 50))),
                ("client_roots", InputRequest.ForRootsList(new ListRootsRequestParams())))),
        Tool("multi_round", static request => IsSealed(request, "second") && Raw(request, "step2") is not null
            ? ContentTools.Text("Both steps are done.")
            : IsSealed(request, "first") && Raw(request, "step1") is not null
                ? throw Needs("second", ("step2", Forms.Ask("Step 2: What is your favorite color?", "color")))
                : throw Needs("first", ("step1", Forms.Ask("Step 1: What is your name?", "name")))),
        Tool("capabilities", static request => throw Needs(
            "capabilities",
            [
                .. request.Server.ClientCapabilities?.Elicitation is null ? Array.Empty<(string, InputRequest)>() : [("user_name", Forms.Ask("What is your name?", "name"))],
                .. request.Server.ClientCapabilities?.Sampling is null ? Array.Empty<(string, InputRequest)>() : [("greeting", InputRequest.ForSampling(Forms.Sampling("Generate a greeting", 50)))],
            ])),
        Fixtures.Tool("test_streaming_elicitation", "Asks by ending the request.", static CallToolResult () =>
            throw Needs(null, ("user_name", Forms.Ask("What is your name?", "name")))),
    ];

    /// <summary>What a client must bring before it gets an answer.</summary>
    public static InputRequiredException Needs(string? state, params (string Key, InputRequest Request)[] requests) => new(
        requests.ToDictionary(static entry => entry.Key, static entry => entry.Request, StringComparer.Ordinal),
        state is null ? null : $"{state}.{Mac(state)}");

    /// <summary>The name that a person has typed; a malformed answer is refused.</summary>
    public static string? Name(RequestContext<CallToolRequestParams> request)
    {
        if (request.Params?.InputResponses is not { } responses || !responses.TryGetValue("user_name", out var response))
        {
            return null;
        }

        return response.RawValue.ValueKind == System.Text.Json.JsonValueKind.Object
            && response.Deserialize(InputResponse.ElicitResultJsonTypeInfo)?.Content?["name"].GetString() is { } name
                ? name
                : throw new McpProtocolException("inputResponses.user_name is no answer to an elicitation.", McpErrorCode.InvalidParams);
    }

    private static McpServerTool Tool(string name, Func<RequestContext<CallToolRequestParams>, CallToolResult> run) =>
        Fixtures.Tool(Prefix + name, "Needs something of the client first.", (RequestContext<CallToolRequestParams> request) => run(request));

    private static string? Raw(RequestContext<CallToolRequestParams> request, string key) =>
        request.Params?.InputResponses is { } responses && responses.TryGetValue(key, out var response) ? response.RawValue.GetRawText() : null;

    private static bool IsSealed(RequestContext<CallToolRequestParams> request, string state) =>
        request.Params?.RequestState == $"{state}.{Mac(state)}";

    private static string Mac(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(text)));
}
