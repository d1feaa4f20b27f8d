using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Model;

namespace Hypergate.Backends.Proxmox;

/// <summary>
/// Tasks, which a write answers with by their id: <c>UPID:NODE:PID:PSTART:START:TYPE:ID:USER:</c>. An answer with one is not success:
/// many a task is accepted and fails at once.
/// </summary>
internal static partial class ProxmoxTasks
{
    private const string Base = "/nodes/{node}/tasks/{upid}";

    public static JobRules Rules { get; } = new()
    {
        IdOf = static (_, value) => value.ValueKind == JsonValueKind.String && value.GetString() is { } text && Upid().IsMatch(text) ? text : null,
        Path = $"{Base}/status",
        PathValues = static id => new Dictionary<string, string>(StringComparer.Ordinal) { ["node"] = id.Split(':')[1], ["upid"] = id },
        Pauses = [TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)],
        Log = new JobLogRules(
            $"{Base}/log",
            static seen => [new("start", seen.ToString(CultureInfo.InvariantCulture)), new("limit", "500")],
            Lines),
        AbortPath = Base,
        AbortMethod = "DELETE",
        HowToAsk = static id => $"nodes_tasks_query get_task_status with node {id.Split(':')[1]} and this id as upid",
        Read = Read,
        ReadFailure = static result => ProxmoxValue.Text(result, "exitstatus") ?? "it does not say why",
        ReadResult = static (news, tail) => Result(news.Result, tail),
        Warnings = Warnings,
    };

    /// <summary>A backup that was sent to a node without the guest answers OK and does nothing.</summary>
    public static string? Misfire(Call call, JsonElement value) =>
        call.Operation is { Method: "POST", Path: "/nodes/{node}/vzdump" } && value.ValueKind is not JsonValueKind.Undefined
            ? "Proxmox VE answered without starting a backup: none of these guests is on this node. Send it to the node that each guest is on."
            : null;

    private static JobNews? Read(JsonElement value)
    {
        if (ProxmoxValue.Text(value, "status") is not { } status)
        {
            return null;
        }

        var name = $"{ProxmoxValue.Text(value, "type") ?? "task"} {ProxmoxValue.Text(value, "id")}".TrimEnd();
        return new JobNews(status == "running" ? JobState.Running : StateOf(ProxmoxValue.Text(value, "exitstatus")), name, null, value);
    }

    private static JobState StateOf(string? exit) => exit switch
    {
        "OK" => JobState.Succeeded,
        null or "unexpected status" => JobState.Unknown,
        "received interrupt" => JobState.Interrupted,
        _ => WarningCount().IsMatch(exit) ? JobState.Succeeded : exit.StartsWith("interrupted by signal", StringComparison.Ordinal) ? JobState.Interrupted : JobState.Failed,
    };

    // A log that is empty or cannot be found consists of one line that says so.
    private static IEnumerable<(int Number, string Text)> Lines(JsonElement rows) => ProxmoxValue.Rows(rows)
        .Where(static row => ProxmoxValue.Text(row, "t") is not (null or "no content") && ProxmoxValue.Number(row, "n") is > 0)
        .Where(static row => ProxmoxValue.Text(row, "t")?.StartsWith("unable to open file", StringComparison.Ordinal) != true)
        .Select(static row => ((int)ProxmoxValue.Number(row, "n")!, ProxmoxValue.Text(row, "t")!));

    private static JsonElement Result(JsonElement status, IReadOnlyList<string> tail)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("exitstatus", ProxmoxValue.Text(status, "exitstatus"));
            writer.WriteStartArray("log");
            foreach (var line in tail)
            {
                writer.WriteStringValue(line);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return JsonElement.Parse(stream.ToArray());
    }

    private static IEnumerable<string> Warnings(JobNews news, IReadOnlyList<string> tail)
    {
        if (ProxmoxValue.Text(news.Result, "exitstatus") is { } exit && exit != "OK")
        {
            var lines = tail.Where(static line => line.StartsWith("WARN", StringComparison.OrdinalIgnoreCase)).ToList();
            yield return $"The task ended with {exit}{(lines.Count == 0 ? "." : $": {string.Join("; ", lines)}")}";
        }

        if (ProxmoxValue.Text(news.Result, "type") is "hastart" or "hastop" or "hamigrate")
        {
            yield return "The guest is managed by HA: this only asked for it, and the HA manager does it soon. Look at the guest's own status.";
        }
    }

    [GeneratedRegex("^UPID:[^:/]+:[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}:[0-9A-Fa-f]{8}:[^:]+:[^:]*:[^:]+:\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Upid();

    [GeneratedRegex("^WARNINGS: \\d+\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex WarningCount();
}
