using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Hypergate.Results.Formats;

/// <summary>
/// A header line and one line a row, quoted as in RFC 4180, ended by a line feed. Nothing is an empty cell, an empty text a quoted
/// one; lists are joined with semicolons, other nested values compact JSON. A text that a spreadsheet would run as a formula has an
/// apostrophe before it. A single object has the columns <c>field</c> and <c>value</c>, nested names dotted.
/// </summary>
internal sealed class CsvFormat : IResultFormat
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\n\r");

    public string Name => "Csv";

    public bool HoldsRowsOnly => true;

    public string Table(IReadOnlyList<string> columns, IReadOnlyList<JsonElement> rows)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', columns.Select(Quote));
        foreach (var row in rows)
        {
            text.Append('\n').AppendJoin(',', columns.Select(column => row.TryGetProperty(column, out var value) ? Cell(value) : ""));
        }

        return text.ToString();
    }

    public string Record(JsonElement value)
    {
        var text = new StringBuilder("field,value");
        foreach (var (path, part) in CellText.Fields(value))
        {
            text.Append('\n').Append(Quote(path)).Append(',').Append(Cell(part));
        }

        return text.ToString();
    }

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.String => Text(value.GetString()!),
        JsonValueKind.Array when CellText.Joined(value, ";") is { } list => Text(list),
        _ => Quote(value.GetRawText()),
    };

    // Spreadsheets take these beginnings for a formula, also behind quotes.
    private static string Text(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? Quote($"'{text}") : Quote(text);

    private static string Quote(string text) =>
        text is [] or [' ', ..] or [.., ' '] || text.AsSpan().ContainsAny(Quoted)
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
}
