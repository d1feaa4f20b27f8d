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

        var text = new StringBuilder("|");
        foreach (var column in columns)
        {
            text.Append(' ').Append(CleanText.Cell(column)).Append(" |");
        }

        text.Append("\n|").Insert(text.Length, " --- |", columns.Count);
        foreach (var row in rows)
        {
            AppendRow(text.Append("\n|"), columns, row);
        }

        return rows.Count == 0 ? text.Append("\n\n").Append(NoRows).ToString() : text.ToString();
    }

    public string Record(JsonElement value) => IndentedJson.Write(value);

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> columns, JsonElement row)
    {
        foreach (var column in columns)
        {
            var cell = row.TryGetProperty(column, out var value) ? Cell(value) : "";
            text.Append(' ').Append(cell).Append(" |");
        }
    }

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.String => CleanText.Cell(value.GetString()!),
        JsonValueKind.Object or JsonValueKind.Array => CleanText.Cell(value.GetRawText()),
        _ => value.GetRawText(),
    };
}
