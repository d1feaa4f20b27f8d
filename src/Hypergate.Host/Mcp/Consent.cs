using System.Text.Json;
using Hypergate.Model;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp;

/// <summary>Questions of consent in the protocol's form: one elicitation, whose answer comes back with the same call.</summary>
internal static class Consent
{
    private const string Key = "confirm";
    private const string NameKey = "name";
    private const string AllKey = "all";
    private const string Way = "elicitation";
    private const string Action = "action";
    private const string Accept = "accept";
    private const string Content = "content";

    /// <summary>Whether the client said that it can show a form to its person.</summary>
    public static bool CanAsk(McpServer server) =>
        server.ClientCapabilities?.Elicitation is { } elicitation
        && (elicitation.Form is not null || elicitation.Url is null)
        && server.IsMrtrSupported;

    public static InputRequiredException ToProtocol(Question question) =>
        new(new Dictionary<string, InputRequest>(StringComparer.Ordinal) { [Key] = ToRequest(question) }, question.Seal);

    /// <summary>The form that the client shows.</summary>
    public static InputRequest ToRequest(Question question) => InputRequest.ForElicitation(new ElicitRequestParams
    {
        Message = question.Text,
        RequestedSchema = Form(question),
    });

    /// <summary>The answer to a question whose state the gateway has kept itself; what is no answer is a no.</summary>
    public static Answer Read(JsonElement answer, Question question) =>
        new(IsAnswer(answer) && answer.GetProperty(Action).ValueEquals(Accept) && Agrees(answer, question), question.Seal, Way) { ForAll = IsForAll(answer, question) };

    /// <summary>Refuses what is no answer at all, before anything looks at it.</summary>
    /// <exception cref="McpProtocolException">The answer is malformed.</exception>
    public static void Check(CallToolRequestParams? request)
    {
        if (request?.InputResponses?.TryGetValue(Key, out var response) == true)
        {
            Check(Key, response?.RawValue);
        }
    }

    /// <summary>The same for one answer; null for JSON null.</summary>
    /// <exception cref="McpProtocolException">It is malformed.</exception>
    public static void Check(string key, JsonElement? answer)
    {
        if (answer is not { } given || !IsAnswer(given))
        {
            throw new McpProtocolException(
                $"inputResponses.{key} must be the result of an elicitation: {{\"action\": \"accept\" | \"decline\" | \"cancel\", \"content\"?: {{…}}}}.", McpErrorCode.InvalidParams);
        }
    }

    /// <summary>The answer that came with the request, which <see cref="Check(CallToolRequestParams?)"/> has seen; null where none came yet.</summary>
    public static Answer? Read(CallToolRequestParams? request, Question question) =>
        request?.InputResponses is { } responses && responses.TryGetValue(Key, out var response)
            ? new Answer(response.RawValue.GetProperty(Action).ValueEquals(Accept) && Agrees(response.RawValue, question), request.RequestState, Way) { ForAll = IsForAll(response.RawValue, question) }
            : null;

    private static bool IsAnswer(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object
        && answer.TryGetProperty(Action, out var action)
        && action.ValueKind == JsonValueKind.String
        && action.GetString() is Accept or "decline" or "cancel"
        && (!answer.TryGetProperty(Content, out var content) || content.ValueKind is JsonValueKind.Object or JsonValueKind.Null);

    private static bool Agrees(JsonElement answer, Question question)
    {
        var key = question.TypeToConfirm is null ? Key : NameKey;
        if (!answer.TryGetProperty(Content, out var content) || content.ValueKind != JsonValueKind.Object || !content.TryGetProperty(key, out var value))
        {
            return false;
        }

        return question.TypeToConfirm is { } name
            ? value.ValueKind == JsonValueKind.String && value.GetString() == name
            : value.ValueKind == JsonValueKind.True;
    }

    private static bool IsForAll(JsonElement answer, Question question) =>
        question.ForAll is not null && answer.ValueKind == JsonValueKind.Object
        && answer.TryGetProperty(Content, out var content) && content.ValueKind == JsonValueKind.Object
        && content.TryGetProperty(AllKey, out var value) && value.ValueKind == JsonValueKind.True;

    private static ElicitRequestParams.RequestSchema Form(Question question) => question switch
    {
        { TypeToConfirm: { } name } => new()
        {
            Properties = { [NameKey] = new ElicitRequestParams.StringSchema { Title = $"Type the name to confirm: {name}" } },
            Required = [NameKey],
        },
        { ForAll: { } all } => new()
        {
            Properties = { [Key] = new ElicitRequestParams.BooleanSchema { Title = "Do it" }, [AllKey] = new ElicitRequestParams.BooleanSchema { Title = all, Default = false } },
            Required = [Key],
        },
        _ => new()
        {
            Properties = { [Key] = new ElicitRequestParams.BooleanSchema { Title = "Do it" } },
            Required = [Key],
        },
    };
}
