using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hypergate.Results.Formats;

/// <summary>
/// Token-Oriented Object Notation: <c>data[2]{a,b}:</c>, then one indented line a row. Lists in a cell are joined with semicolons, so
/// that a table stays flat and readers of every age of the format can read it.
/// </summary>
internal sealed class ToonFormat : IResultFormat
{
    public string Name => "Toon";

    public string Table(IReadOnlyList<string> columns, IReadOnlyList<JsonElement> rows)
    {
        if (rows.Count == 0 || columns.Count == 0)
        {
            return "data: []";
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"data[{rows.Count}]{{").AppendJoin(',', columns.Select(ToonText.Key)).Append("}:");
        foreach (var row in rows)
        {
            text.Append("\n  ");
            for (var index = 0; index < columns.Count; index++)
            {
                text.Append(index == 0 ? "" : ",").Append(row.TryGetProperty(columns[index], out var value) ? Cell(value) : "null");
            }
        }

        return text.ToString();
    }

    public string Record(JsonElement value)
    {
        var tree = new ToonTree();
        tree.Property("data", value, 0);
        return tree.ToString();
    }

    private static string Cell(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && CellText.Joined(value, ";") is { } list ? ToonText.Text(list) : ToonText.Scalar(value);
}
