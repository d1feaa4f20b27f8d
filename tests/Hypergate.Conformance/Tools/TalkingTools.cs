using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Conformance.Tools;

/// <summary>Tools that talk with the client while they run.</summary>
internal static class TalkingTools
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static IEnumerable<McpServerTool> All =>
    [
        Fixtures.Tool("test_tool_with_logging", "Logs three times.", LogAsync),
        Fixtures.Tool("test_logging_tool", "Logs three times where the request asks for it.", LogAsync),
        Fixtures.Tool("test_tool_with_progress", "Reports progress three times.", ProgressAsync),
        Fixtures.Tool("test_sampling", "Asks the client's model.", SampleAsync),
        Fixtures.Tool("test_missing_capability", "Needs a client with a model.", static (McpServer server) =>
            server.ClientCapabilities?.Sampling is null
                ? throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Sampling = new SamplingCapability() }, "This tool asks the client's model.")
                : ContentTools.Text("The client has a model.")),
        Fixtures.Tool("test_elicitation", "Asks the person.", static (McpServer server, string message, CancellationToken token) =>
            ElicitAsync(server, message, Forms.UserAndMail, "User response", token)),
        Fixtures.Tool("test_elicitation_sep1034_defaults", "Asks with defaults.", static (McpServer server, CancellationToken token) =>
            ElicitAsync(server, "Please review and update the form fields with defaults", Forms.Defaults, "Elicitation completed", token)),
        Fixtures.Tool("test_elicitation_sep1330_enums", "Asks with choices.", static (McpServer server, CancellationToken token) =>
            ElicitAsync(server, "Please select options from the enum fields", Forms.Choices, "Elicitation completed", token)),
        Fixtures.Tool("test_reconnection", "Takes its time.", static async (CancellationToken token) =>
        {
            await Task.Delay(Pause * 4, token);
            return ContentTools.Text("Reconnection test completed.");
        }),
    ];

    private static async Task<CallToolResult> LogAsync(McpServer server, RequestContext<CallToolRequestParams> request, CancellationToken token)
    {
        // Revisions without sessions log only for requests that name a level.
        var wants = request.JsonRpcRequest.Context?.ProtocolVersion is not { } version || string.CompareOrdinal(version, "2026-07-28") < 0 || request.JsonRpcRequest.Context.LogLevel is not null;
        foreach (var text in new[] { "Tool execution started", "Tool processing data", "Tool execution completed" })
        {
            if (wants)
            {
                await server.SendNotificationAsync(
                    NotificationMethods.LoggingMessageNotification,
                    new LoggingMessageNotificationParams { Level = LoggingLevel.Info, Data = JsonSerializer.SerializeToElement(text) },
                    cancellationToken: token);
            }

            await Task.Delay(Pause, token);
        }

        return ContentTools.Text("Tool with logging executed successfully");
    }

    private static async Task<CallToolResult> ProgressAsync(McpServer server, RequestContext<CallToolRequestParams> request, CancellationToken token)
    {
        foreach (var done in new[] { 0, 50, 100 })
        {
            if (request.Params?.ProgressToken is { } progress)
            {
                await server.NotifyProgressAsync(progress, new ProgressNotificationValue { Progress = done, Total = 100, Message = $"Completed step {done} of 100" }, cancellationToken: token);
            }

            await Task.Delay(Pause, token);
        }

        return ContentTools.Text("Progress reported.");
    }

    private static async Task<CallToolResult> SampleAsync(McpServer server, string prompt, CancellationToken token)
    {
        var answer = await server.SampleAsync(Forms.Sampling(prompt, 100), token);
        return ContentTools.Text($"LLM response: {answer.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text}");
    }

    private static async Task<CallToolResult> ElicitAsync(McpServer server, string message, ElicitRequestParams.RequestSchema form, string label, CancellationToken token)
    {
        var answer = await server.ElicitAsync(new ElicitRequestParams { Message = message, RequestedSchema = form }, token);
        return ContentTools.Text($"{label}: action={answer.Action}, content={JsonSerializer.Serialize(answer.Content)}");
    }
}
