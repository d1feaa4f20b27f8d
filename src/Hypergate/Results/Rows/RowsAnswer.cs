using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Hypergate.Inventory.Tables;
using Hypergate.Results.Formats;
using Hypergate.Results.Text;

namespace Hypergate.Results.Rows;

/// <summary>
/// Rows of the fleet tools and of queries as an answer: the text in the asked format holds the data and nothing else, the structured
/// content is <c>{columns, rows: [{…}], total, returned, next_cursor?, warnings}</c> whatever the format. Both keep to the budget, cut
/// at a row.
/// </summary>
public static class RowsAnswer
{
    private const int MostWarnings = 10;
    private const int LongestWarning = 400;

    // Of one text. The first holds for all answers, the others where not even one row fits.
    private static readonly int[] Characters = [2_000, 500, 100, 20];

    public static RenderedAnswer Render(RowsShape shape, IReadOnlyList<Cell[]> rows)
    {
        shape = shape with { Warnings = [.. shape.Warnings.Take(MostWarnings).Select(static warning => CleanText.Line(warning, LongestWarning))] };
        foreach (var characters in Characters)
        {
            var written = Write(shape, rows, characters);
            if ((written.Length > 0 || rows.Count == 0) && Fit(shape, written) is { } answer)
            {
                return answer;
            }
        }

        return Answer(shape, Write(shape with { Budget = int.MaxValue }, [.. rows.Take(1)], Characters[^1]));
    }

    // As many rows as the budget can hold at most.
    private static JsonElement[] Write(RowsShape shape, IReadOnlyList<Cell[]> rows, int characters)
    {
        JsonEncodedText[] names = [.. shape.Columns.Select(static name => JsonEncodedText.Encode(name, JsonLines.Escaping))];
        var buffer = new ArrayBufferWriter<byte>(4_096);
        using var writer = new Utf8JsonWriter(buffer, new() { Encoder = JsonLines.Escaping, SkipValidation = true });
        var count = 0;
        writer.WriteStartArray();
        for (; count < rows.Count && (writer.BytesCommitted + writer.BytesPending) / 4 <= shape.Budget; count++)
        {
            writer.WriteStartObject();
            for (var column = 0; column < names.Length; column++)
            {
                writer.WritePropertyName(names[column]);
                CellJson.Write(writer, rows[count][column], characters);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
        return [.. JsonElement.Parse(buffer.WrittenSpan).EnumerateArray()];
    }

    private static RenderedAnswer? Fit(RowsShape shape, JsonElement[] rows)
    {
        var count = MostStructured(shape, rows);
        while (count > 0 || rows.Length == 0)
        {
            var answer = Answer(shape, rows[..count]);
            if (answer.Length <= shape.Budget)
            {
                return answer;
            }

            // Rows are mostly alike, so the size tells how many fit.
            count = Math.Min(count - 1, (int)((long)count * shape.Budget / answer.Length));
        }

        return null;
    }

    // The structured content is known by the lengths of its rows; the text is nearly always shorter.
    private static int MostStructured(RowsShape shape, JsonElement[] rows)
    {
        var room = shape.Budget - Encoding.UTF8.GetCharCount(Structured(shape, [], shape.Cursor?.Invoke(int.MaxValue)).Span);
        var count = 0;
        while (count < rows.Length && (room -= Encoding.UTF8.GetCharCount(JsonMarshal.GetRawUtf8Value(rows[count])) + 1) >= 0)
        {
            count++;
        }

        return count;
    }

    private static RenderedAnswer Answer(RowsShape shape, JsonElement[] rows)
    {
        var next = shape.Offset + rows.Length;
        var cursor = rows.Length > 0 && next < shape.Total ? shape.Cursor?.Invoke(next) : null;
        return new RenderedAnswer(Note(shape, rows.Length, cursor), shape.Format.Table(shape.Columns, rows))
        {
            Structured = new WrittenJson(Structured(shape, rows, cursor)),
            NextCursor = cursor,
            Warnings = shape.Warnings,
        };
    }

    private static string Note(RowsShape shape, int returned, string? cursor)
    {
        var rows = (returned < shape.Total) switch
        {
            false => "",
            true when cursor is null => string.Create(CultureInfo.InvariantCulture, $"{returned} of {shape.Total} rows"),
            true => string.Create(CultureInfo.InvariantCulture, $"{returned} of {shape.Total} rows; next: cursor={cursor}"),
        };
        var warnings = shape.Warnings.Select(static warning => $"warning: {warning}");
        return string.Join('\n', rows.Length == 0 ? warnings : warnings.Prepend(rows));
    }

    private static ReadOnlyMemory<byte> Structured(RowsShape shape, JsonElement[] rows, string? cursor) => JsonLines.WriteBytes(writer =>
    {
        writer.WriteStartObject();
        WriteTexts(writer, "columns", shape.Columns);
        writer.WriteStartArray("rows");
        foreach (var row in rows)
        {
            JsonLines.WriteAsIs(writer, row);
        }

        writer.WriteEndArray();
        writer.WriteNumber("total", shape.Total);
        writer.WriteNumber("returned", rows.Length);
        if (cursor is not null)
        {
            writer.WriteString("next_cursor", cursor);
        }

        WriteTexts(writer, "warnings", shape.Warnings);
        writer.WriteEndObject();
    });

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
