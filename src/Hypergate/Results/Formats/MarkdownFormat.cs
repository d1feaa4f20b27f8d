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

    public string Name => "Markdown";

    public string Table(IReadOnlyList<string> columns, IReadOnlyList<JsonElement> rows)
    {
        if (columns.Count == 0)
        {
            return NoRows;
        }

        var text = new TextBuffer();
        text.Append("|");
        foreach (var column in columns)
        {
            text.Append(" ");
            text.Append(CleanText.Cell(column));
            text.Append(" |");
        }

        text.Append("\n|");
        text.Append(string.Concat(Enumerable.Repeat(" --- |", columns.Count)));
        byte[][] names = [.. columns.Select(Encoding.UTF8.GetBytes)];
        foreach (var row in rows)
        {
            text.Append("\n|");
            AppendRow(ref text, names, row);
        }

        if (rows.Count == 0)
        {
            text.Append("\n\n");
            text.Append(NoRows);
        }

        return text.ToStringAndReturn();
    }

    public string Record(JsonElement value) => IndentedJson.Write(value);

    // A row has its properties in the order of the columns; only where one is missing or foreign is it searched for by name.
    private static void AppendRow(ref TextBuffer text, byte[][] columns, JsonElement row)
    {
        var properties = row.EnumerateObject();
        var more = properties.MoveNext();
        foreach (var column in columns)
        {
            text.Append(" ");
            if (more && JsonMarshal.GetRawUtf8PropertyName(properties.Current).SequenceEqual(column))
            {
                AppendCell(ref text, properties.Current.Value);
                more = properties.MoveNext();
            }
            else if (row.TryGetProperty(column, out var value))
            {
                AppendCell(ref text, value);
            }

            text.Append(" |");
        }
    }

    private static void AppendCell(ref TextBuffer text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            case JsonValueKind.String when JsonMarshal.GetRawUtf8Value(value)[1..^1] is var raw && PlainText.Is(raw):
                text.AppendAscii(raw);
                break;
            case JsonValueKind.String:
                text.Append(CleanText.Cell(value.GetString()!));
                break;
            case JsonValueKind.Object or JsonValueKind.Array:
                text.Append(CleanText.Cell(value.GetRawText()));
                break;
            default:
                text.AppendAscii(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }
}
