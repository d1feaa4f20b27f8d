using System.Runtime.InteropServices;
using System.Text.Json;
using Hypergate.Results.Formats;

namespace Hypergate.Results.Tables;

/// <summary>
/// Turns rows of the platform into rows that may be shown: the asked fields as flat properties, cleaned and redacted. Reads only
/// until there is more than an answer can hold.
/// </summary>
internal sealed class RowReader(ListShape shape, Redaction redaction)
{
    // UTF-8 needs up to three bytes for a character; a table without structured content does not repeat the names.
    private const int BytesPerCharacter = 3;
    private const int NamesRepeated = 4;
    private readonly Column[] _fields = shape.AllFields ? [] : [.. shape.Fields.Distinct(StringComparer.Ordinal).Select(Column.Of)];

    /// <summary>The asked columns; empty where all fields are wanted.</summary>
    public IReadOnlyList<string> Columns { get; } =
        shape.AllFields ? [] : [.. shape.Fields.Select(SafeJson.SafeName).Distinct(StringComparer.Ordinal)];

    /// <param name="order">Where the rows come from.</param>
    /// <param name="start">The index of the first one.</param>
    /// <param name="count">How many to read at most.</param>
    /// <param name="limits">How much of each value.</param>
    /// <param name="shortened">The fields that the limits shortened.</param>
    /// <returns>The rows that fit; none where not even the first does.</returns>
    public ArraySegment<JsonElement> Read(RowOrder order, int start, int count, Limits limits, out IReadOnlyList<string> shortened)
    {
        using var json = new SafeJson(redaction, limits, Capacity, Expected(order, start, count));
        json.Writer.WriteStartArray();
        var whole = 0;
        for (var index = start; index < order.Count && whole < count; index++, whole++)
        {
            WriteRow(json, order[index], limits);
            if (json.IsFull)
            {
                break;
            }
        }

        json.Writer.WriteEndArray();
        shortened = json.Shortened;
        return new([.. json.ToElement().EnumerateArray()], 0, whole);
    }

    // Rows are mostly alike.
    private static int Expected(RowOrder order, int start, int count)
    {
        const int Least = 1_024;
        const int RowsAtMost = 100_000;
        var rows = Math.Min(RowsAtMost, Math.Min(count, order.Count - start));
        return rows < 1 ? Least : (int)Math.Min(int.MaxValue, Least + ((long)rows * JsonMarshal.GetRawUtf8Value(order[start]).Length));
    }

    private int Capacity => shape.Budget * (shape.Structured ? BytesPerCharacter : BytesPerCharacter * NamesRepeated);

    private void WriteRow(SafeJson json, JsonElement row, Limits limits)
    {
        json.Writer.WriteStartObject();
        if (row.ValueKind != JsonValueKind.Object)
        {
            json.Writer.WritePropertyName("value");
            json.Write(row);
        }
        else if (_fields.Length == 0)
        {
            WriteAll(json, row, limits);
        }
        else
        {
            WriteAsked(json, row, limits);
        }

        json.Writer.WriteEndObject();
    }

    private static void WriteAll(SafeJson json, JsonElement row, Limits limits)
    {
        var room = limits.Properties;
        foreach (var property in row.EnumerateObject())
        {
            if (property.NameEquals("href"))
            {
                continue;
            }

            if (room-- == 0 || json.IsFull)
            {
                break;
            }

            json.WriteProperty(row, "", property, depth: 1);
        }
    }

    private void WriteAsked(SafeJson json, JsonElement row, Limits limits)
    {
        var room = limits.Properties;
        foreach (var field in _fields)
        {
            if (room-- == 0 || json.IsFull)
            {
                break;
            }

            if (!field.Path.TryFind(row, out var found))
            {
                continue;
            }

            json.Writer.WritePropertyName(field.Name);
            if (field.Path.IsHidden(row, redaction))
            {
                json.Writer.WriteStringValue(Redaction.Mark);
                continue;
            }

            json.Write(found.Value, found.Name, depth: 1);
        }
    }

    // The name is made fit to be shown once, not in every row.
    private readonly record struct Column(FieldPath Path, JsonEncodedText Name)
    {
        public static Column Of(string name) => new(new FieldPath(name), JsonEncodedText.Encode(SafeJson.SafeName(name), JsonLines.Escaping));
    }
}
