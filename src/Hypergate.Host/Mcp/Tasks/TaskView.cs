using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp.Tasks;

/// <summary>What a client sees of a task when it asks.</summary>
internal static class TaskView
{
    /// <summary>An answer that says no more than that the request was taken.</summary>
    public static JsonObject Done() => new() { ["resultType"] = "complete" };

    public static JsonObject Of(RunningTask task)
    {
        var state = task.Current;
        var shown = Done();
        shown["taskId"] = task.Id;
        shown["status"] = state.Status;
        shown["createdAt"] = Iso(task.CreatedAt);
        shown["lastUpdatedAt"] = Iso(state.UpdatedAt);
        shown["ttlMs"] = (long)RunningTask.Lifetime.TotalMilliseconds;
        shown["pollIntervalMs"] = TaskExtension.PollIntervalMilliseconds;
        AddStory(shown, state);
        if (state.Status == "input_required")
        {
            shown["inputRequests"] = new JsonObject(task.Open.Select(static asked => KeyValuePair.Create<string, JsonNode?>(
                asked.Key, JsonSerializer.SerializeToNode(Consent.ToRequest(asked.Value), McpJsonUtilities.DefaultOptions.GetTypeInfo<InputRequest>()))));
        }

        return shown;
    }

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void AddStory(JsonObject shown, RunningTask.State state)
    {
        if (state.Message is { } message)
        {
            shown["statusMessage"] = message;
        }

        if (state.Result is { } result)
        {
            shown["result"] = JsonSerializer.SerializeToNode(
                ToolProtocol.ToProtocol(result), McpJsonUtilities.DefaultOptions.GetTypeInfo<CallToolResult>());
        }

        if (state.Error is { } error)
        {
            shown["error"] = new JsonObject { ["code"] = error.Code, ["message"] = error.Message };
        }
    }
}
