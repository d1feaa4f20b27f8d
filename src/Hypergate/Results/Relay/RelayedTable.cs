using System.Text;
using System.Text.Json;
using Hypergate.Model;
using Hypergate.Results.Secrets;
using Hypergate.Results.Text;

namespace Hypergate.Results.Relay;

/// <summary>
/// A Markdown table that a platform rendered itself, made safe to relay: read cell by cell, because what must be hidden is known by
/// its column, and nested values are JSON inside a cell. What cannot be read is not relayed.
/// </summary>
/// <remarks>The platform writes a cell's bars as <c>\|</c>, line ends as blanks, and the columns of the first row only.</remarks>
internal sealed class RelayedTable(Redaction redaction)
{
    private const int MostCellBytes = 64 * 1024;
    private static readonly Limits CellLimits = new(8_000, 400, 2_000, 32);

    /// <summary>The whole text: its table with hidden values hidden, everything around it as plain lines.</summary>
    public string Render(string markdown)
    {
        var lines = CleanText.Visible(markdown).Split('\n');
        var text = new StringBuilder(markdown.Length);
        List<string>? columns = null;
        for (var at = 0; at < lines.Length; at++)
        {
            columns = IsRow(lines[at]) ? columns : null;
            if (columns is null && at + 1 < lines.Length && IsRow(lines[at]) && IsDivider(lines[at + 1]))
            {
                columns = Cells(lines[at++]);
                text.Append(Row(columns.Select(Name))).Append('\n').Append(Row(columns.Select(static _ => "---"))).Append('\n');
                continue;
            }

            text.Append(columns is null ? Line(lines[at]) : Row(columns, Cells(lines[at]))).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private string Name(string column) => CleanText.Cell(redaction.Text("", column));

    private string Line(string line) => CleanText.Line(redaction.Text("", line));

    // Where cells and columns do not match, nobody knows which value is which.
    private string Row(List<string> columns, List<string> cells)
    {
        if (cells.Count != columns.Count)
        {
            return Row(columns.Select(static _ => Redaction.Mark));
        }

        var owner = Owner(columns, cells);
        return Row(columns.Zip(cells, (column, cell) => redaction.Hides(owner, "", column) ? Redaction.Mark : Cell(column, cell)));
    }

    private string Cell(string column, string cell) => cell switch
    {
        ['{' or '[', ..] when Parse(cell) is { } value => CleanText.Cell(Nested(column, value)),
        ['{' or '[', '"' or '{' or '[', ..] => Redaction.Mark,
        _ => CleanText.Cell(redaction.Text(column, cell)),
    };

    private string Nested(string column, JsonElement value)
    {
        using var json = new SafeJson(redaction, CellLimits, MostCellBytes);
        json.Write(value, column, depth: 1);
        return json.IsFull ? Redaction.Mark : json.ToElement().GetRawText();
    }

    // An empty cell is an absent value, and whether an object is a credential is told by what it has.
    private static JsonElement Owner(List<string> columns, List<string> cells)
    {
        using var json = new SafeJson(new Redaction(RedactionRules.None, SecretScrubber.None), Limits.None, int.MaxValue);
        json.Writer.WriteStartObject();
        foreach (var (column, cell) in columns.Zip(cells).Where(static pair => pair.Second.Length > 0).DistinctBy(static pair => pair.First))
        {
            json.Writer.WriteString(column, cell);
        }

        json.Writer.WriteEndObject();
        return json.ToElement();
    }

    private static JsonElement? Parse(string cell)
    {
        try
        {
            return JsonElement.Parse(cell);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsRow(string line) => line is ['|', ' ', .., '|'];

    private static bool IsDivider(string line) => IsRow(line) && line.AsSpan().IndexOfAnyExcept("|- :") < 0;

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var start = 1;
        for (var at = 1; at < line.Length; at++)
        {
            if (line[at] == '|' && line[at - 1] != '\\')
            {
                cells.Add(line[start..at].Trim(' ').Replace("\\|", "|", StringComparison.Ordinal));
                start = at + 1;
            }
        }

        return cells;
    }
}
