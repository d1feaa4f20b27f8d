using System.Text;
using System.Text.Json;
using Hypergate.Results.Text;

namespace Hypergate.Results.Formats;

/// <summary>
/// The Markdown of flat tables: bars in values are escaped, line ends are <c>&lt;br&gt;</c>, lists are joined with commas, nothing is an
/// empty cell. A single object is a table of two columns, nested names dotted.
/// </summary>
internal sealed class MarkdownTableFormat : IResultFormat
{
    public string Name => "Markdown";

    public bool HoldsRowsOnly => true;

    public string Table(IReadOnlyList<string> columns, IReadOnlyList<JsonElement> rows)
    {
        var text = Head(columns);
        foreach (var row in rows)
        {
            text.Append("\n|");
            foreach (var column in columns)
            {
                Append(text, row.TryGetProperty(column, out var value) ? Cell(value) : "");
            }
        }

        return rows.Count == 0 ? text.Append("\n\n(no rows)").ToString() : text.ToString();
    }

    public string Record(JsonElement value)
    {
        var text = Head(["field", "value"]);
        foreach (var (path, part) in CellText.Fields(value))
        {
            Append(text.Append("\n|"), CleanText.Cell(path));
            Append(text, Cell(part));
        }

        return text.ToString();
    }

    private static StringBuilder Head(IReadOnlyList<string> columns)
    {
        var text = new StringBuilder("|");
        foreach (var column in columns)
        {
            Append(text, CleanText.Cell(column));
        }

        text.Append("\n|");
        return text.Insert(text.Length, " --- |", columns.Count);
    }

    private static void Append(StringBuilder text, string cell) => text.Append(' ').Append(cell).Append(" |");

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.String => Lines(value.GetString()!),
        JsonValueKind.Array when CellText.Joined(value, ", ") is { } list => Lines(list),
        JsonValueKind.Array or JsonValueKind.Object => CleanText.Cell(value.GetRawText()),
        _ => value.GetRawText(),
    };

    private static string Lines(string text) => text.AsSpan().ContainsAny('\n', '\r')
        ? string.Join("<br>", text.ReplaceLineEndings("\n").Split('\n').Select(CleanText.Cell))
        : CleanText.Cell(text);
}
