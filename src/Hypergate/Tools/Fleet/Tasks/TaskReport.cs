using System.Text.Json;

namespace Hypergate.Tools.Fleet.Tasks;

/// <summary>A task of a platform at one moment.</summary>
internal sealed record TaskReport
{
    public required string Id { get; init; }

    /// <summary><c>running</c>, <c>ok</c>, <c>warning</c>, <c>error</c> or <c>unknown</c>.</summary>
    public required string State { get; init; }

    public string? ExitStatus { get; init; }

    public string? Type { get; init; }

    public string? Target { get; init; }

    public string? User { get; init; }

    public double? Progress { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    /// <summary>The last lines of its log.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    public bool IsRunning => State == "running";

    /// <summary>The state as the tools that change something tell it.</summary>
    public string Word => State switch
    {
        "running" => "running",
        "ok" or "warning" => "done",
        "error" => "failed",
        _ => "unknown",
    };

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("upid", Id);
        writer.WriteString("exit_status", ExitStatus);
        writer.WriteString("type", Type);
        writer.WriteString("target", Target);
        writer.WriteString("user", User);
        if (Progress is { } progress)
        {
            writer.WriteNumber("progress_percent", progress);
        }

        WriteTimes(writer);
    }

    /// <summary>The part that says when and how it went.</summary>
    public void WriteTimes(Utf8JsonWriter writer)
    {
        WriteTime(writer, "started", Started);
        WriteTime(writer, "ended", Ended);
        writer.WriteStartArray("log_tail");
        foreach (var line in Log)
        {
            writer.WriteStringValue(line);
        }

        writer.WriteEndArray();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } moment)
        {
            writer.WriteString(name, Results.Rows.CellJson.Moment(moment));
            return;
        }

        writer.WriteNull(name);
    }
}
