using System.Globalization;
using System.Text.Json;

namespace Hypergate.Tools.Code;

/// <summary>What a run asks that waits: which call, of what, who decides, and how to go on.</summary>
internal sealed class RunQuestion(CodeRoom room, PendingConsent pending)
{
    private const string Subject = "**Object:** ";

    public void Write(Utf8JsonWriter writer, bool isTokenOffered)
    {
        writer.WriteString("status", "paused");
        if (pending.Approval is { } approval)
        {
            writer.WriteString("approval", approval);
        }
        else if (isTokenOffered)
        {
            WriteTokens(writer);
        }

        writer.WriteString("expires", pending.Expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        WriteAsked(writer);
        writer.WriteString("next", Next());
    }

    private string Next()
    {
        if (pending.Approval is { } approval)
        {
            return $"Other people decide over this: in the console, or with hypergate approvals approve {approval}. Then, and before it expires: execute_code with resume, and nothing else; while nobody has decided the run waits anew.";
        }

        return "Show this to the person. Once they agree: execute_code with resume and confirm_token, and nothing else."
            + (pending.TokenForAll is null ? "" : $" Where they agree to all further calls of {pending.Entry.Tool} in this run ({AgreedOperations.Most} at most), confirm_token is confirm_all_token.");
    }

    private void WriteTokens(Utf8JsonWriter writer)
    {
        writer.WriteString("confirm_token", pending.Token);
        if (pending.TokenForAll is { } all)
        {
            writer.WriteString("confirm_all_token", all);
        }
    }

    private void WriteAsked(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("asks");
        writer.WriteString("operation", pending.Entry.Tool);
        writer.WriteString("access", TypeScriptText.Word(room.AccessOf(pending.Call)));
        if (Target() is { Length: > 0 } target)
        {
            writer.WriteString("target", target);
        }

        writer.WriteString("preview", Asked(pending.Text));
        writer.WritePropertyName("args");
        writer.WriteRawValue(room.SafeArguments(pending.Call.Arguments));
        if (pending.Entry.Line is { } line)
        {
            writer.WriteNumber("line", line);
        }

        writer.WriteEndObject();
    }

    // The objects stand in lines of their own in what a person is shown.
    private string Target() => string.Join(
        "; ",
        pending.Text.Split('\n').Where(static line => line.StartsWith(Subject, StringComparison.Ordinal)).Select(static line => line[Subject.Length..].Trim()));

    // The token of a single call has no place here: this one is for the run.
    private static string Asked(string preview)
    {
        var end = preview.IndexOf("Nothing has been sent yet.", StringComparison.Ordinal);
        return (end < 0 ? preview : preview[..end]).Trim();
    }
}
