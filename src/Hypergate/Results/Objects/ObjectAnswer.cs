using System.Globalization;
using System.Text;
using System.Text.Json;
using Hypergate.Results.Formats;
using Hypergate.Results.Tables;
using Hypergate.Results.Text;

namespace Hypergate.Results.Objects;

/// <summary>
/// A single object as an answer. Where it exceeds the budget, long texts and arrays are shortened, with the count of what is missing,
/// just as far as needed.
/// </summary>
internal static class ObjectAnswer
{
    private const int BytesPerCharacter = 3;
    private const int NamedFields = 5;
    private const int MostWarnings = 5;
    private const int LongestWarning = 200;

    /// <param name="value">An object or any other value.</param>
    /// <param name="shape">How it is asked for.</param>
    /// <param name="redaction">What is hidden in it.</param>
    public static RenderedAnswer Render(JsonElement value, ObjectShape shape, Redaction redaction)
    {
        foreach (var limits in Limits.Steps.Prepend(Limits.None))
        {
            if (TryRender(value, shape, redaction, limits) is { } answer)
            {
                return answer;
            }
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Nothing fits {shape.Budget} characters."));
    }

    /// <summary>The answer under some limits, with a remark of the caller's; null where it exceeds the budget.</summary>
    public static RenderedAnswer? TryRender(JsonElement value, ObjectShape shape, Redaction redaction, Limits limits, string remark = "")
    {
        using var json = new SafeJson(redaction, limits, shape.Budget * BytesPerCharacter);
        var missing = WriteAsked(json, value, shape, redaction);
        if (json.IsFull)
        {
            return null;
        }

        var safe = json.ToElement();
        string[] warnings = [.. shape.Warnings.Concat(missing).Take(MostWarnings).Select(static warning => CleanText.Line(warning, LongestWarning))];
        string[] notes = [.. Remarks(shape, json.Shortened, remark), .. warnings.Select(static warning => $"warning: {warning}")];
        var answer = new RenderedAnswer(string.Join('\n', notes), shape.Format.Record(safe)) { Warnings = warnings };
        if (answer.Length > shape.Budget)
        {
            return null;
        }

        if (!shape.Structured)
        {
            return answer;
        }

        var structured = Structured(safe, answer.Note);
        return Encoding.UTF8.GetCharCount(structured.Span) > shape.Budget ? null : answer with { Structured = new WrittenJson(structured) };
    }

    /// <summary>Writes the value, or the asked fields of it under their own names; gives a warning for each that it lacks.</summary>
    private static List<string> WriteAsked(SafeJson json, JsonElement value, ObjectShape shape, Redaction redaction)
    {
        if (shape.AllFields || value.ValueKind != JsonValueKind.Object)
        {
            json.Write(value);
            return [];
        }

        var missing = new List<string>();
        json.Writer.WriteStartObject();
        foreach (var field in shape.Fields.Distinct(StringComparer.Ordinal).Select(static name => new FieldPath(name)))
        {
            if (!field.TryFind(value, out var found))
            {
                missing.Add($"the object has no field \"{field.Name}\"");
                continue;
            }

            json.Writer.WritePropertyName(SafeJson.SafeName(field.Name));
            if (field.IsHidden(value, redaction))
            {
                json.Writer.WriteStringValue(Redaction.Mark);
                continue;
            }

            json.Write(found.Value, found.Name, depth: 1);
        }

        json.Writer.WriteEndObject();
        return missing;
    }

    private static IEnumerable<string> Remarks(ObjectShape shape, List<string> shortened, string remark)
    {
        if (remark.Length > 0)
        {
            yield return remark;
        }

        if (shortened.Count > 0)
        {
            var names = string.Join(", ", shortened.Take(NamedFields)) + (shortened.Count > NamedFields ? ", …" : "");
            var rest = shape.Fields.Count == 1
                ? "read the objects it names one by one, or raise the output budget"
                : "ask for single fields to see more of them";
            yield return string.Create(CultureInfo.InvariantCulture, $"shortened to fit {shape.Budget:N0} characters ({CleanText.Line(names, LongestWarning)}): {rest}");
        }
    }

    private static ReadOnlyMemory<byte> Structured(JsonElement safe, string note) => JsonLines.WriteBytes(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("value");
        JsonLines.WriteAsIs(writer, safe);
        if (note.Length > 0)
        {
            writer.WriteString("note", note);
        }

        writer.WriteEndObject();
    });
}
