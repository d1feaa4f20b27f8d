using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.XenOrchestra;

/// <summary>Tasks as <c>GET /tasks/{id}</c> tells them: <c>{id, status, properties: {name, progress?}, result?}</c>.</summary>
internal static class XenOrchestraTasks
{
    /// <summary>The task id of an accepted action: 202 <c>{"taskId": "…"}</c>.</summary>
    public static string? AcceptedId(int status, JsonElement value) =>
        status == 202 && value.ValueKind == JsonValueKind.Object && value.TryGetProperty("taskId", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;

    /// <summary>Reads a task; null where the answer is none.</summary>
    public static JobNews? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("status", out var status))
        {
            return null;
        }

        var properties = value.TryGetProperty("properties", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        return new JobNews(StateOf(status.ToString()), Name(properties), Fraction(properties), value.TryGetProperty("result", out var result) ? result : default);
    }

    private static string Name(JsonElement properties) =>
        properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty("name", out var name) ? name.ToString() : "task";

    private static double? Fraction(JsonElement properties) =>
        properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty("progress", out var progress)
        && progress.ValueKind == JsonValueKind.Number
        && progress.TryGetDouble(out var percent)
            ? Math.Clamp(percent / 100, 0, 1)
            : null;

    private static JobState StateOf(string status) => status switch
    {
        "pending" => JobState.Running,
        "success" => JobState.Succeeded,
        "failure" => JobState.Failed,
        "interrupted" => JobState.Interrupted,
        _ => JobState.Unknown,
    };
}
