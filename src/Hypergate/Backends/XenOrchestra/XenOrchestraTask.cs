using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.XenOrchestra;

/// <summary>A task as <c>GET /tasks/{id}</c> tells it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">From <c>status</c>: pending, success, failure, interrupted.</param>
/// <param name="Name">What it does, in words.</param>
/// <param name="Fraction">From <c>properties.progress</c>, 0 to 1.</param>
/// <param name="Result">The value of a success, or the error of a failure.</param>
internal sealed record XenOrchestraTask(string Id, JobState State, string Name, double? Fraction, JsonElement Result)
{
    /// <summary>Reads it; null where the answer is no task.</summary>
    public static XenOrchestraTask? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("id", out var id) || !value.TryGetProperty("status", out var status))
        {
            return null;
        }

        var properties = value.TryGetProperty("properties", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        return new XenOrchestraTask(
            id.ToString(),
            StateOf(status.ToString()),
            properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty("name", out var name) ? name.ToString() : "task",
            properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty("progress", out var progress) && progress.TryGetDouble(out var percent)
                ? Math.Clamp(percent / 100, 0, 1)
                : null,
            value.TryGetProperty("result", out var result) ? result : default);
    }

    /// <summary>The task id of an accepted action: <c>{"taskId": "…"}</c>.</summary>
    public static string? AcceptedId(int status, JsonElement value) =>
        status == 202 && value.ValueKind == JsonValueKind.Object && value.TryGetProperty("taskId", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
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
