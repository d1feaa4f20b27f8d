using System.Text.Json;
using Hypergate.Model;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp;

/// <summary>Questions of consent in the protocol's form: one elicitation, whose answer comes back with the same call.</summary>
internal static class Consent
{
    private const string Key = "confirm";
    private const string NameKey = "name";
    private const string Way = "elicitation";

    /// <summary>Whether the client said that it can show a form to its person.</summary>
    public static bool CanAsk(McpServer server) =>
        server.ClientCapabilities?.Elicitation is { } elicitation
        && (elicitation.Form is not null || elicitation.Url is null)
        && server.IsMrtrSupported;

    public static InputRequiredException ToProtocol(Question question) => new(
        new Dictionary<string, InputRequest>(StringComparer.Ordinal)
        {
            [Key] = InputRequest.ForElicitation(new ElicitRequestParams
            {
                Message = question.Text,
                RequestedSchema = Form(question),
            }),
        },
        question.Seal);

    /// <summary>The answer that came with the request; null where none came yet.</summary>
    public static Answer? Read(CallToolRequestParams? request, Question question)
    {
        if (request?.InputResponses is not { } responses || !responses.TryGetValue(Key, out var response))
        {
            return null;
        }

        var result = response.Deserialize(InputResponse.ElicitResultJsonTypeInfo);
        return new Answer(result is { IsAccepted: true } && Agrees(result, question), request.RequestState, Way);
    }

    private static bool Agrees(ElicitResult result, Question question)
    {
        var key = question.TypeToConfirm is null ? Key : NameKey;
        if (result.Content?.TryGetValue(key, out var value) != true)
        {
            return false;
        }

        return question.TypeToConfirm is { } name
            ? value.ValueKind == JsonValueKind.String && value.GetString() == name
            : value.ValueKind == JsonValueKind.True;
    }

    private static ElicitRequestParams.RequestSchema Form(Question question) => question.TypeToConfirm is { } name
        ? new()
        {
            Properties = { [NameKey] = new ElicitRequestParams.StringSchema { Title = $"Type the name to confirm: {name}" } },
            Required = [NameKey],
        }
        : new()
        {
            Properties = { [Key] = new ElicitRequestParams.BooleanSchema { Title = "Do it" } },
            Required = [Key],
        };
}
