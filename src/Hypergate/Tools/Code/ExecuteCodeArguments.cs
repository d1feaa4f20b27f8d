using System.Text.Json;
using Hypergate.Results;

namespace Hypergate.Tools.Code;

/// <summary>The arguments of <c>execute_code</c>: how they are described, and what one call gave.</summary>
/// <param name="given">A JSON object that fits the schema.</param>
internal sealed class ExecuteCodeArguments(JsonElement given)
{
    private const string CodeName = "code";
    private const string ArgsName = "args";
    private const string PreviewName = "preview";
    private const string ResumeName = "resume";
    public const string TimeoutName = "timeout_seconds";
    private static readonly string[] Formats = ["json", "toon", "csv", "markdown", "auto"];

    /// <summary>The script without the fences that models often put around it; null where there is none.</summary>
    public string? Code => CodeTool.Text(given, CodeName) is { } text ? Unfenced(text) : null;

    /// <summary>Data for the script, as JSON text.</summary>
    public string Args => given.TryGetProperty(ArgsName, out var args) ? args.GetRawText() : "{}";

    public string? Backend => CodeTool.Text(given, OwnArguments.Backend);

    public bool IsPreview => given.TryGetProperty(PreviewName, out var preview) && preview.ValueKind == JsonValueKind.True;

    public string? Resume => CodeTool.Text(given, ResumeName);

    public string? ConfirmToken => CodeTool.Text(given, OwnArguments.ConfirmToken);

    public int? TimeoutSeconds => CodeTool.Number(given, TimeoutName);

    /// <summary>The format of the result; null for JSON.</summary>
    public IResultFormat? Format => CodeTool.Text(given, OwnArguments.Format) is { } name and not ("json" or "auto") ? ResultFormats.FindFlat(name) : null;

    /// <param name="writer">Takes the properties.</param>
    /// <param name="room">Whose backends and limits they name.</param>
    /// <param name="changes">Whether there is an operation that changes something.</param>
    public static void Write(Utf8JsonWriter writer, CodeRoom room, bool changes)
    {
        ToolSchema.Property(writer, CodeName, "string", "body of an async function");
        ToolSchema.Property(writer, ArgsName, "object", "global args");
        CodeTool.WriteBackend(writer, room, "for bare api.OPERATION");
        ToolSchema.Choice(writer, OwnArguments.Format, Formats);
        if (changes)
        {
            ToolSchema.Property(writer, PreviewName, "boolean");
            ToolSchema.Property(writer, ResumeName, "string", "a paused run");
            ToolSchema.Property(writer, OwnArguments.ConfirmToken, "string");
        }

        CodeTool.WriteInteger(writer, TimeoutName, 1, room.Limits.Seconds);
    }

    // Lines keep their numbers. The fence at the end may be forgotten.
    private static string Unfenced(string text)
    {
        var trimmed = text.AsSpan().TrimStart();
        var start = text.Length - trimmed.Length;
        var fence = trimmed.StartsWith("```") ? "```" : trimmed.StartsWith("~~~") ? "~~~" : null;
        var line = trimmed.IndexOf('\n');
        if (fence is null || line < 0 || trimmed[..line].ContainsAny('(', ';'))
        {
            return text;
        }

        var inner = trimmed[(line + 1)..].TrimEnd();
        return $"{new string('\n', text.AsSpan(0, start).Count('\n') + 1)}{(inner.EndsWith(fence) ? inner[..^fence.Length] : inner)}";
    }
}
