using System.Globalization;
using System.Text.Json;
using Hypergate.Results.Formats;

namespace Hypergate.Results.Tables;

/// <summary>One page of a list: finds how many rows fit the budget and writes them.</summary>
internal sealed class ListPage(ListShape shape, RowOrder order, int start, IReadOnlyList<string> warnings, IReadOnlyList<string> askedColumns)
{
    /// <summary>The page with as many of the rows as the budget holds, from the first on; null where it does not hold one.</summary>
    public RenderedAnswer? Fit(ArraySegment<JsonElement> rows, string remark = "")
    {
        if (TryWrite(rows, remark) is { } whole)
        {
            return whole;
        }

        RenderedAnswer? best = null;
        var (low, high) = (1, rows.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var answer = TryWrite(rows[..middle], remark);
            best = answer ?? best;
            (low, high) = answer is null ? (low, middle - 1) : (middle + 1, high);
        }

        return best;
    }

    private RenderedAnswer? TryWrite(ArraySegment<JsonElement> rows, string remark)
    {
        var end = start + rows.Count;
        var cursor = end < order.Count && rows.Count > 0 ? order.CursorAfter(end - 1).Encode(shape.CursorQuery) : null;
        var columns = askedColumns.Count > 0 ? askedColumns : UnionOfNames(rows);
        var answer = new RenderedAnswer(Note(rows.Count, cursor, remark), shape.Format.Table(columns, rows))
        {
            NextCursor = cursor,
            Warnings = warnings,
        };
        if (answer.Text.Length > shape.Budget)
        {
            return null;
        }

        if (!shape.Structured)
        {
            return answer;
        }

        var structured = Structured(columns, rows, cursor, remark);
        return structured.Length > shape.Budget ? null : answer with { Structured = JsonElement.Parse(structured) };
    }

    private static List<string> UnionOfNames(ArraySegment<JsonElement> rows)
    {
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            foreach (var property in row.EnumerateObject())
            {
                if (seen.Add(property.Name))
                {
                    names.Add(property.Name);
                }
            }
        }

        return names;
    }

    private string Note(int count, string? cursor, string remark)
    {
        var first = (count, order.Count) switch
        {
            (0, 0) => "0 rows",
            (0, _) => string.Create(CultureInfo.InvariantCulture, $"no rows from {start + 1:N0} on: there are {order.Count:N0}"),
            (1, 1) => "row 1 of 1",
            _ => string.Create(CultureInfo.InvariantCulture, $"rows {start + 1:N0}–{start + count:N0} of {order.Count:N0}"),
        };
        var more = cursor is null ? "" : $"; go on with cursor: \"{cursor}\"";
        return string.Join('\n', warnings.Select(static warning => $"warning: {warning}").Prepend(first + more + remark));
    }

    private string Structured(IReadOnlyList<string> columns, ArraySegment<JsonElement> rows, string? cursor, string remark) => JsonLines.Write(writer =>
    {
        writer.WriteStartObject();
        WriteTexts(writer, "columns", columns);
        writer.WriteStartArray("rows");
        foreach (var row in rows)
        {
            row.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteNumber("total", order.Count);
        writer.WriteNumber("offset", start);
        writer.WriteNumber("returned", rows.Count);
        if (cursor is not null)
        {
            writer.WriteString("next_cursor", cursor);
        }

        if (warnings.Count > 0 || remark.Length > 0)
        {
            WriteTexts(writer, "warnings", remark.Length > 0 ? warnings.Prepend(remark.TrimStart(';', ' ')) : warnings);
        }

        writer.WriteEndObject();
    });

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
