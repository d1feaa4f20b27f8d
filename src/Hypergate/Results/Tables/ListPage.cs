using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
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
        var lengths = shape.Structured ? LengthsOf(rows) : [];
        var most = shape.Structured ? MostStructured(rows, lengths, remark) : rows.Count;
        var (low, high) = (Math.Min(1, rows.Count), most);
        for (var (count, attempt) = (most, 0); low <= high; attempt++)
        {
            var answer = Write(rows[..count], lengths, remark, out var size);
            best = answer ?? best;
            (low, high) = answer is not null ? (count + 1, high) : (low, count - 1);

            // Rows are mostly alike, so the size tells how many fit; halving is for those that are not.
            var guess = attempt < EagerGuesses ? (int)((long)count * shape.Budget / Math.Max(1, size)) : (low + high) / 2;
            count = Math.Clamp(guess, Math.Min(low, high), high);
        }

        return best;
    }

    // How many rows the structured content holds is found by their lengths alone; the text is nearly always shorter.
    private int MostStructured(ArraySegment<JsonElement> rows, int[] lengths, string remark)
    {
        var columns = askedColumns.Count > 0 ? askedColumns : UnionOfNames(rows);
        var (fits, tooMany) = (0, rows.Count + 1);
        while (tooMany - fits > 1)
        {
            var count = fits + ((tooMany - fits) / 2);
            var size = FrameLength(columns, count, CursorAfter(count), remark) + lengths[count];
            (fits, tooMany) = size <= shape.Budget ? (count, tooMany) : (fits, count);
        }

        return fits;
    }

    private string? CursorAfter(int count)
    {
        var end = start + count;
        return end < order.Count && count > 0 ? order.CursorAfter(end - 1).Encode(shape.CursorQuery) : null;
    }

    private int FrameLength(IReadOnlyList<string> columns, int count, string? cursor, string remark) =>
        Encoding.UTF8.GetCharCount(Structured(columns, ArraySegment<JsonElement>.Empty, count, cursor, remark));

    // Characters of the JSON of the first rows, with a comma behind each: how long the structured content gets is known without writing it.
    private static int[] LengthsOf(ArraySegment<JsonElement> rows)
    {
        var lengths = new int[rows.Count + 1];
        for (var index = 0; index < rows.Count; index++)
        {
            lengths[index + 1] = lengths[index] + Encoding.UTF8.GetCharCount(JsonMarshal.GetRawUtf8Value(rows[index])) + 1;
        }

        return lengths;
    }

    /// <param name="size">The characters of the text or of the structured content; of one that exceeds the budget where one does.</param>
    /// <returns>Null where the rows exceed the budget.</returns>
    private RenderedAnswer? Write(ArraySegment<JsonElement> rows, int[] lengths, string remark, out int size)
    {
        var cursor = CursorAfter(rows.Count);
        var columns = askedColumns.Count > 0 ? askedColumns : UnionOfNames(rows);
        if (shape.Structured)
        {
            size = FrameLength(columns, rows.Count, cursor, remark) + Math.Max(0, lengths[rows.Count] - 1);
            if (size > shape.Budget)
            {
                return null;
            }
        }

        var answer = new RenderedAnswer(Note(rows.Count, cursor, remark), shape.Format.Table(columns, rows))
        {
            NextCursor = cursor,
            Warnings = warnings,
        };
        size = answer.Length;
        if (size > shape.Budget)
        {
            return null;
        }

        return shape.Structured ? answer with { Structured = JsonElement.Parse(Structured(columns, rows, rows.Count, cursor, remark)) } : answer;
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

    private ReadOnlySpan<byte> Structured(IReadOnlyList<string> columns, ArraySegment<JsonElement> rows, int returned, string? cursor, string remark) => JsonLines.WriteBytes(writer =>
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
        writer.WriteNumber("returned", returned);
        if (cursor is not null)
        {
            writer.WriteString("next_cursor", cursor);
        }

        if (warnings.Count > 0 || remark.Length > 0)
        {
            WriteTexts(writer, "warnings", remark.Length > 0 ? warnings.Prepend(remark.TrimStart(';', ' ')) : warnings);
        }

        writer.WriteEndObject();
    }, rows.Count == 0 ? 1_024 : shape.Budget);

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
