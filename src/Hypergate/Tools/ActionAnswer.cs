using System.Text;
using System.Text.Json;
using Hypergate.Model;
using Hypergate.Results.Text;

namespace Hypergate.Tools;

/// <summary>Words what became of a call that changes something: which object, what the platform answered, how its job ended.</summary>
internal static class ActionAnswer
{
    private const int LongestId = 100;

    public static ToolResult Of(Outcome.Unconfirmed unconfirmed) => new(unconfirmed.Preview)
    {
        Structured = ToolSchema.Write(static writer => writer.WriteString("status", "confirmation_required")),
    };

    public static ToolResult Of(string backend, Operation operation, Outcome.Done done, ToolSurroundings surroundings)
    {
        var value = surroundings.Answers.Safe(backend, done.Value);
        var status = done.Job is { State: JobState.Running } ? "running" : done.Job is { State: JobState.Unknown } ? "unknown" : "done";
        return new ToolResult(surroundings.Scrub(Text(backend, operation, done, value)))
        {
            Structured = ToolSchema.Write(writer => Write(writer, backend, operation, done, status, value)),
        };
    }

    // The platform chose it.
    private static string IdOf(Job job) => CleanText.Line(job.Id, LongestId);

    private static string Text(string backend, Operation operation, Outcome.Done done, JsonElement? value)
    {
        var text = new StringBuilder();
        text.Append(Status(operation, done)).Append(" Backend: ").Append(backend).Append('.');
        foreach (var subject in done.Subjects)
        {
            text.Append("\nObject as it was before: ").Append(subject);
        }

        if (done.SubjectNow is { } now)
        {
            text.Append("\nObject now: ").Append(now);
        }

        if (value is { } shown)
        {
            text.Append("\nResult: ").Append(shown.GetRawText());
        }

        foreach (var warning in done.Warnings)
        {
            text.Append("\nNote: ").Append(warning);
        }

        return text.ToString();
    }

    private static string Status(Operation operation, Outcome.Done done) => done.Job switch
    {
        null => $"{operation.Name} is done.",
        { State: JobState.Running } job =>
            $"{operation.Name} was accepted and still runs as task {IdOf(job)}; it is not done yet. {job.HowToAsk} tells how it ends.",
        { State: JobState.Unknown } job =>
            $"{operation.Name} was accepted as task {IdOf(job)}, but the platform no longer tells how it ended. Look at the object before going on.",
        var job => $"{operation.Name} is done (task {IdOf(job)} succeeded).",
    };

    private static void Write(Utf8JsonWriter writer, string backend, Operation operation, Outcome.Done done, string status, JsonElement? value)
    {
        writer.WriteString("status", status);
        writer.WriteString("operation", operation.Name);
        writer.WriteString("backend", backend);
        if (done.Job is { } job)
        {
            writer.WriteString("task", IdOf(job));
        }

        if (value is { } shown)
        {
            writer.WritePropertyName("result");
            shown.WriteTo(writer);
        }
    }
}
