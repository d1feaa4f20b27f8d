using System.Globalization;
using System.Text.Json;
using Hypergate.Results.Text;

namespace Hypergate.Tools.Code;

/// <summary>What every answer about a run ends with: what was changed, a line for each call, the console, what else must be known.</summary>
internal sealed class RunParts(CodeRoom room, CodeRun run)
{
    /// <summary>What is to be said beside writes of which nobody knows whether they happened.</summary>
    public const string Uncertain = "WHETHER THE UNCERTAIN WRITES HAPPENED IS NOT KNOWN: look before you try again";

    private const int FirstCalls = 20;
    private const int LastCalls = 5;
    private const int MostNotices = 10;
    private const int LongestNotice = 400;

    public void Write(Utf8JsonWriter writer, IReadOnlyList<string> log, int unawaited = 0, bool hasNoResult = false)
    {
        var entries = run.Entries;
        WriteChanges(writer, "completed_writes", entries.Where(static entry => entry is { Changes: true, End: CallEnd.Done }));
        WriteChanges(writer, "uncertain_writes", entries.Where(static entry => entry.End == CallEnd.Uncertain));
        WriteLines(writer, "calls", Calls(entries));
        WriteLines(writer, "logs", [.. log.Select(static line => CleanText.Line(line))]);
        WriteLines(writer, "notices", [.. Notices(unawaited, hasNoResult, entries)]);
        writer.WriteString("run", run.Id);
        writer.WriteNumber("elapsed_ms", (long)room.Time.GetElapsedTime(run.Started).TotalMilliseconds);
    }

    /// <summary>What a preview has found, and the token that agrees to it.</summary>
    public void WritePlan(Utf8JsonWriter writer, string? planToken)
    {
        writer.WriteStartArray("planned");
        foreach (var entry in run.Entries.Where(static entry => entry.End == CallEnd.Planned))
        {
            WriteCall(writer, entry);
        }

        writer.WriteEndArray();
        if (planToken is not null)
        {
            writer.WriteString("plan_token", planToken);
            writer.WriteString("next", "Nothing was changed. Show the plan to the person; once they agree, run the same code without preview and with this as confirm_token.");
        }
    }

    private IEnumerable<string> Notices(int unawaited, bool hasNoResult, IReadOnlyList<CallEntry> entries)
    {
        if (unawaited > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{unawaited} {(unawaited == 1 ? "call was" : "calls were")} not awaited: write await before a call to have its result; how they ended is listed in calls");
        }

        if (hasNoResult && !run.Request.Code.Contains("return", StringComparison.Ordinal))
        {
            yield return "the script returns nothing: return gives its result, as does a last line that is a value";
        }

        if (entries.Any(static entry => entry.End == CallEnd.Uncertain))
        {
            yield return Uncertain;
        }

        foreach (var notice in entries.SelectMany(static entry => entry.Notices.Select(notice => $"{entry.Tool}: {notice}")).Distinct(StringComparer.Ordinal).Take(MostNotices))
        {
            yield return CleanText.Line(notice, LongestNotice);
        }

        if (run.Request.IsPreview && entries.Any(static entry => entry.End == CallEnd.Planned))
        {
            yield return "planned calls answered {preview: true}; what the script computed from them may differ in a real run";
        }
    }

    private void WriteChanges(Utf8JsonWriter writer, string name, IEnumerable<CallEntry> entries)
    {
        var all = entries.ToList();
        if (all.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        all.ForEach(entry => WriteCall(writer, entry));
        writer.WriteEndArray();
    }

    private void WriteCall(Utf8JsonWriter writer, CallEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteNumber("n", entry.Number);
        writer.WriteString("tool", entry.Tool);
        if (entry.Arguments.ValueKind == JsonValueKind.Object)
        {
            writer.WritePropertyName("args");
            writer.WriteRawValue(room.SafeArguments(entry.Arguments));
        }

        if (entry.Line is { } line)
        {
            writer.WriteNumber("line", line);
        }

        if (entry.Planned is { } planned)
        {
            writer.WriteString("access", TypeScriptText.Word(planned.Access));
            writer.WriteBoolean("needs_consent", planned.NeedsConsent);
        }

        if (entry.Result.Length > 0)
        {
            writer.WriteString("result", CleanText.Line(entry.Result));
        }

        if (entry.Undo is { } undo)
        {
            writer.WriteString("undo", undo);
        }

        writer.WriteEndObject();
    }

    private static List<string> Calls(IReadOnlyList<CallEntry> entries) => entries.Count <= FirstCalls + LastCalls
        ? [.. entries.Select(static entry => CleanText.Line(entry.Text))]
        : [.. entries.Take(FirstCalls).Select(static entry => CleanText.Line(entry.Text)), string.Create(CultureInfo.InvariantCulture, $"… {entries.Count - FirstCalls - LastCalls} more"), .. entries.TakeLast(LastCalls).Select(static entry => CleanText.Line(entry.Text))];

    private static void WriteLines(Utf8JsonWriter writer, string name, List<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        lines.ForEach(writer.WriteStringValue);
        writer.WriteEndArray();
    }
}
