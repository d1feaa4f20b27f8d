using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Hypergate.Results.Text;

namespace Hypergate.Results.Formats;

/// <summary>
/// A table with one line a row: bars in values are escaped, line ends are blanks, nested values are compact JSON. A single object
/// is indented JSON, because a table of nested values is hard to read.
/// </summary>
internal sealed class MarkdownFormat : IResultFormat
{
    private const string NoRows = "(no rows)";
    private const int LongestOnStack = 256;

    public string Name => "Markdown";

    public string Table(IReadOnlyList<string> columns, IReadOnlyList<JsonElement> rows)
    {
        if (columns.Count == 0)
        {
            return NoRows;
        }

        var text = new StringBuilder("|");
        foreach (var column in columns)
        {
            text.Append(' ').Append(CleanText.Cell(column)).Append(" |");
        }

        text.Append("\n|").Insert(text.Length, " --- |", columns.Count);
        byte[][] names = [.. columns.Select(Encoding.UTF8.GetBytes)];
        foreach (var row in rows)
        {
            AppendRow(text.Append("\n|"), names, row);
        }

        return rows.Count == 0 ? text.Append("\n\n").Append(NoRows).ToString() : text.ToString();
    }

    public string Record(JsonElement value) => IndentedJson.Write(value);

    private static void AppendRow(StringBuilder text, byte[][] columns, JsonElement row)
    {
        foreach (var column in columns)
        {
            text.Append(' ');
            if (row.TryGetProperty(column, out var value))
            {
                AppendCell(text, value);
            }

            text.Append(" |");
        }
    }

    private static void AppendCell(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            case JsonValueKind.String when JsonMarshal.GetRawUtf8Value(value)[1..^1] is { Length: <= LongestOnStack } raw && PlainText.Is(raw):
                AppendPlain(text, raw);
                break;
            case JsonValueKind.String:
                text.Append(CleanText.Cell(value.GetString()!));
                break;
            case JsonValueKind.Object or JsonValueKind.Array:
                text.Append(CleanText.Cell(value.GetRawText()));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendPlain(StringBuilder text, ReadOnlySpan<byte> ascii)
    {
        Span<char> characters = stackalloc char[LongestOnStack];
        text.Append(characters[..Encoding.ASCII.GetChars(ascii, characters)]);
    }
}
