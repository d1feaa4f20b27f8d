using System.Text.Json;

namespace Hypergate.Tools.Code;

/// <summary>A part of a value that fits into one answer: items of a list, characters of a text, or the whole.</summary>
/// <param name="Value">The part.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Shown">How many items or characters it has.</param>
/// <param name="Total">How many there are.</param>
internal sealed record ResultPage(JsonElement Value, int Offset, int Shown, int Total)
{
    /// <summary>Where the next part begins; null behind the last one.</summary>
    public int? Next => Shown > 0 && Offset + Shown < Total ? Offset + Shown : null;

    public static ResultPage Of(JsonElement value, int offset, int? limit, int budget) => value.ValueKind switch
    {
        JsonValueKind.Array => OfList(value, offset, limit, budget),
        JsonValueKind.String => OfText(value.GetString()!, offset, limit, budget),
        _ => new(CodeResult.Of(value, budget).Value, 0, 1, 1),
    };

    private static ResultPage OfList(JsonElement list, int offset, int? limit, int budget)
    {
        var total = list.GetArrayLength();
        var rest = ToolSchema.Write(writer =>
        {
            writer.WriteStartArray("items");
            foreach (var item in list.EnumerateArray().Skip(offset).Take(limit ?? int.MaxValue))
            {
                item.WriteTo(writer);
            }

            writer.WriteEndArray();
        }).GetProperty("items");
        var part = CodeResult.Of(rest, budget);
        return new(part.Value, Math.Min(offset, total), part.Truncated?.Shown ?? rest.GetArrayLength(), total);
    }

    // Escapes may double a text; half of the budget holds any.
    private static ResultPage OfText(string text, int offset, int? limit, int budget)
    {
        var start = Math.Min(offset, text.Length);
        var end = Math.Min(text.Length, start + Math.Min(limit ?? int.MaxValue, budget / 2));
        end -= end < text.Length && end > start + 1 && char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
        var part = CodeResult.Of(ToolSchema.Write(writer => writer.WriteString("text", text.AsSpan(start, end - start))).GetProperty("text"), int.MaxValue);
        return new(part.Value, start, end - start, text.Length);
    }
}
