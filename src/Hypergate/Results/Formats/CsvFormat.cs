using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Hypergate.Results.Formats;

/// <summary>
/// A header line and one line a row, quoted as in RFC 4180, ended by a line feed. Nothing is an empty cell, an empty text a quoted
/// one, a nested value compact JSON. A single object has the columns <c>field</c> and <c>value</c>, nested names dotted.
/// </summary>
internal sealed class CsvFormat : IResultFormat
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\n\r");

    public string Name => "Csv";

    public string Table(IReadOnlyList<string> columns, IReadOnlyList<JsonElement> rows)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', columns.Select(Quote));
        foreach (var row in rows)
        {
            text.Append('\n').AppendJoin(',', columns.Select(column => Cell(row, column)));
        }

        return text.ToString();
    }

    public string Record(JsonElement value)
    {
        var text = new StringBuilder("field,value");
        AppendFields(text, "", value);
        return text.ToString();
    }

    private static void AppendFields(StringBuilder text, string path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() == 0)
        {
            text.Append('\n').Append(Quote(path.Length == 0 ? "value" : path)).Append(',').Append(Cell(value));
            return;
        }

        foreach (var property in value.EnumerateObject())
        {
            AppendFields(text, path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value);
        }
    }

    private static string Cell(JsonElement row, string column) => row.TryGetProperty(column, out var value) ? Cell(value) : "";

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.String => Quote(value.GetString()!),
        _ => Quote(value.GetRawText()),
    };

    private static string Quote(string text) =>
        text.Length == 0 || text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
