using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.PxCloud;

/// <summary>Tasks, which a change answers with by <c>task_id</c> or <c>upid</c>. Accepted is not done.</summary>
internal static class PxCloudTasks
{
    /// <summary>What callers of operations that start one should know.</summary>
    public const string HowLong = "wait_seconds: how long to wait for its task, which goes on after that.";

    public static JobRules Rules { get; } = new()
    {
        IdOf = IdOf,
        Path = "/api/tasks/{id}",
        Pauses = [TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)],
        HowToAsk = static _ => "The operation that reads /api/tasks/{id} with this id",
        Read = Read,
        ReadFailure = static result => PxCloudValue.Text(result, "error") ?? PxCloudValue.Text(result, "message") ?? PxCloudValue.Text(result, "exitstatus") ?? "it does not say why",
    };

    // A task that is shown has a state of its own; what has started one only names it.
    private static string? IdOf(int status, JsonElement value) =>
        PxCloudValue.Text(value, "started_at") is not null || PxCloudValue.Text(value, "progress") is not null ? null
        : PxCloudValue.Text(value, "task_id") is { Length: > 0 } id ? id
        : PxCloudValue.Text(value, "upid") is { Length: > 0 } upid ? upid
        : null;

    private static JobNews? Read(JsonElement value)
    {
        if ((PxCloudValue.Text(value, "status") ?? PxCloudValue.Text(value, "state")) is not { } status)
        {
            return null;
        }

        var name = $"{PxCloudValue.Text(value, "type") ?? "task"} {PxCloudValue.Text(value, "target")}".TrimEnd();
        var percent = PxCloudValue.Number(value, "progress");
        return new JobNews(StateOf(status, value), name, percent is > 0 and <= 100 ? percent / 100 : null, value);
    }

    private static JobState StateOf(string status, JsonElement value) => status.ToLowerInvariant() switch
    {
        "queued" or "pending" or "waiting" or "scheduled" or "running" or "in_progress" or "processing" or "started" => JobState.Running,
        "success" or "succeeded" or "completed" or "complete" or "done" or "finished" or "ok" => JobState.Succeeded,
        "failed" or "failure" or "error" => JobState.Failed,
        "cancelled" or "canceled" or "aborted" or "interrupted" => JobState.Interrupted,
        "stopped" when PxCloudValue.Text(value, "exitstatus") is { } exit => exit == "OK" ? JobState.Succeeded : JobState.Failed,
        _ => JobState.Unknown,
    };
}
