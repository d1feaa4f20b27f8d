using System.Globalization;
using System.Text.Json;
using Hypergate.Results.Formats;

namespace Hypergate.Results.Tables;

/// <summary>One page of a list: finds how many rows fit the budget and writes them.</summary>
internal sealed class ListPage(ListShape shape, RowOrder order, int start, IReadOnlyList<string> warnings, IReadOnlyList<string> askedColumns)
{
    private const int EagerGuesses = 4;

    /// <summary>The page with as many of the rows as the budget holds, from the first on; null where it does not hold one.</summary>
    public RenderedAnswer? Fit(ArraySegment<JsonElement> rows, string remark = "")
    {
        RenderedAnswer? best = null;
        var (low, high) = (Math.Min(1, rows.Count), rows.Count);
        for (var (count, attempt) = (rows.Count, 0); low <= high; attempt++)
        {
            var answer = Write(rows[..count], remark, out var size);
            best = size <= shape.Budget ? answer : best;
            (low, high) = size <= shape.Budget ? (count + 1, high) : (low, count - 1);

            // Rows are mostly alike, so the size tells how many fit; halving is for those that are not.
            var guess = attempt < EagerGuesses ? (int)((long)count * shape.Budget / Math.Max(1, size)) : (low + high) / 2;
            count = Math.Clamp(guess, Math.Min(low, high), high);
        }

        return best;
    }

    /// <param name="size">The characters of the text or of the structured content, whichever are more.</param>
    private RenderedAnswer Write(ArraySegment<JsonElement> rows, string remark, out int size)
    {
        var end = start + rows.Count;
        var cursor = end < order.Count && rows.Count > 0 ? order.CursorAfter(end - 1).Encode(shape.CursorQuery) : null;
        var columns = askedColumns.Count > 0 ? askedColumns : UnionOfNames(rows);
        var answer = new RenderedAnswer(Note(rows.Count, cursor, remark), shape.Format.Table(columns, rows))
        {
            NextCursor = cursor,
            Warnings = warnings,
        };
        size = answer.Text.Length;
        if (!shape.Structured || size > shape.Budget)
        {
            return answer;
        }

        var structured = Structured(columns, rows, cursor, remark);
        size = Math.Max(size, structured.Length);
        return size > shape.Budget ? answer : answer with { Structured = JsonElement.Parse(structured) };
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
            JsonLines.WriteAsIs(writer, row);
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
