using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Hypergate.Results.Formats;

namespace Hypergate.Results.Tables;

/// <summary>One page of a list: finds how many rows fit the budget and writes them.</summary>
internal sealed class ListPage(ListShape shape, RowOrder order, int start, IReadOnlyList<string> warnings, IReadOnlyList<string> askedColumns)
{
    private const int EagerGuesses = 4;
    private const int FrameBytes = 1_024;

    /// <summary>The page with as many of the rows as the budget holds, from the first on; null where it does not hold one.</summary>
    public RenderedAnswer? Fit(WrittenRows rows, string remark = "")
    {
        RenderedAnswer? best = null;
        var most = shape.Structured ? MostStructured(rows, remark) : rows.Count;
        var (low, high) = (Math.Min(1, rows.Count), most);
        for (var (count, attempt) = (most, 0); low <= high; attempt++)
        {
            var answer = Write(rows, count, remark, out var size);
            best = answer ?? best;
            (low, high) = answer is not null ? (count + 1, high) : (low, count - 1);

            // Rows are mostly alike, so the size tells how many fit; halving is for those that are not.
            var guess = attempt < EagerGuesses ? (int)((long)count * shape.Budget / Math.Max(1, size)) : (low + high) / 2;
            count = Math.Clamp(guess, Math.Min(low, high), high);
        }

        return best;
    }

    // How many rows the structured content holds is found by their lengths alone; the text is nearly always shorter.
    private int MostStructured(WrittenRows rows, string remark)
    {
        var columns = Columns(rows, rows.Count);
        var count = rows.Most(shape.Budget - FrameLength(columns, 0, null, remark));
        while (count > 0 && FrameLength(columns, count, CursorAfter(count), remark) + rows.Characters(count) > shape.Budget)
        {
            count--;
        }

        return count;
    }

    private string? CursorAfter(int count)
    {
        var end = start + count;
        return end < order.Count && count > 0 ? order.CursorAfter(end - 1).Encode(shape.CursorQuery) : null;
    }

    private int FrameLength(IReadOnlyList<string> columns, int count, string? cursor, string remark) =>
        Encoding.UTF8.GetCharCount(Structured(columns, [], count, cursor, remark).Span);

    /// <param name="size">The characters of the text or of the structured content; of one that exceeds the budget where one does.</param>
    /// <returns>Null where the rows exceed the budget.</returns>
    private RenderedAnswer? Write(WrittenRows rows, int count, string remark, out int size)
    {
        var cursor = CursorAfter(count);
        var columns = Columns(rows, count);
        var structured = new WrittenJson(Structured(columns, rows.First(count), count, cursor, remark));
        size = Encoding.UTF8.GetCharCount(structured.Utf8.Span);
        if (shape.Structured && size > shape.Budget)
        {
            return null;
        }

        // Text and structured content are made of the same rows, parsed once.
        var answer = new RenderedAnswer(Note(count, cursor, remark), shape.Format.Table(columns, [.. structured.Value.GetProperty("rows").EnumerateArray()]))
        {
            NextCursor = cursor,
            Warnings = warnings,
            Structured = shape.Structured ? structured : null,
        };
        size = answer.Length;
        return size > shape.Budget ? null : answer;
    }

    // The asked columns, or every name that occurs in the rows.
    private IReadOnlyList<string> Columns(WrittenRows rows, int count)
    {
        if (askedColumns.Count > 0)
        {
            return askedColumns;
        }

        var names = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        using var parsed = JsonDocument.Parse((byte[])[(byte)'[', .. rows.First(count), (byte)']']);
        foreach (var property in parsed.RootElement.EnumerateArray().SelectMany(static row => row.EnumerateObject()))
        {
            names.TryAdd(property.Name, true);
        }

        return [.. names.Keys];
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

    private ReadOnlyMemory<byte> Structured(IReadOnlyList<string> columns, ReadOnlySpan<byte> rows, int returned, string? cursor, string remark)
    {
        var buffer = new ArrayBufferWriter<byte>(rows.Length + FrameBytes);
        using var writer = new Utf8JsonWriter(buffer, JsonLines.Compact);
        writer.WriteStartObject();
        WriteTexts(writer, "columns", columns);
        writer.WritePropertyName("rows");
        WriteRows(writer, buffer, rows);
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
        writer.Flush();
        return buffer.WrittenMemory;
    }

    // The rows go in as they are, behind what the writer wrote so far.
    private static void WriteRows(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> rows)
    {
        writer.WriteStartArray();
        writer.Flush();
        buffer.Write(rows);
        writer.WriteEndArray();
    }

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
