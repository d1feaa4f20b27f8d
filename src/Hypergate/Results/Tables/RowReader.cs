using System.Runtime.InteropServices;
using System.Text;
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
    private readonly int _room = shape.Structured ? shape.Budget : shape.Budget * NamesRepeated;
    private readonly Column[] _fields = shape.AllFields ? [] : [.. shape.Fields.Distinct(StringComparer.Ordinal).Select(name => Column.Of(name, redaction))];

    /// <summary>The asked columns; empty where all fields are wanted.</summary>
    public IReadOnlyList<string> Columns { get; } =
        shape.AllFields ? [] : [.. shape.Fields.Select(SafeJson.SafeName).Distinct(StringComparer.Ordinal)];

    /// <param name="order">Where the rows come from.</param>
    /// <param name="start">The index of the first one.</param>
    /// <param name="count">How many to read at most.</param>
    /// <param name="limits">How much of each value.</param>
    /// <param name="shortened">The fields that the limits shortened.</param>
    /// <returns>The rows that can fit; none where not even the first does.</returns>
    public WrittenRows Read(RowOrder order, int start, int count, Limits limits, out IReadOnlyList<string> shortened)
    {
        using var json = new SafeJson(redaction, limits, _room * BytesPerCharacter, Expected(order, start, count));
        json.Writer.WriteStartArray();
        var (ends, lengths) = (new List<int>(), new List<int>());
        var (written, characters) = (json.Written.Length, 0);
        for (var index = start; index < order.Count && ends.Count < count && characters <= _room; index++)
        {
            WriteRow(json, order[index], limits);
            if (json.IsFull)
            {
                break;
            }

            // The comma before a row counts as the one behind the row before.
            var bytes = json.Written;
            characters += Encoding.UTF8.GetCharCount(bytes.Span[written..]) + (ends.Count == 0 ? 1 : 0);
            written = bytes.Length;
            ends.Add(written - 1);
            lengths.Add(characters);
        }

        shortened = json.Shortened;
        return new WrittenRows(json.Written[1..], ends, lengths);
    }

    // Rows are mostly alike.
    private int Expected(RowOrder order, int start, int count)
    {
        const int Least = 1_024;
        var rows = Math.Min(_room, Math.Min(count, order.Count - start));
        return rows < 1 ? Least : (int)Math.Min(_room + Least, Least + ((long)rows * JsonMarshal.GetRawUtf8Value(order[start]).Length));
    }

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
        var properties = row.EnumerateObject();
        var more = properties.MoveNext();
        foreach (var field in _fields)
        {
            if (room-- == 0 || json.IsFull)
            {
                break;
            }

            // Platforms mostly send the fields in the order in which they were asked for.
            if (more && JsonMarshal.GetRawUtf8PropertyName(properties.Current).SequenceEqual(field.Utf8))
            {
                WriteField(json, row, field, new FieldPath.Found(row, "", field.Path.Name, properties.Current.Value));
                more = properties.MoveNext();
            }
            else if (field.Path.TryFind(row, out var found))
            {
                WriteField(json, row, field, found);
            }
        }
    }

    private void WriteField(SafeJson json, JsonElement row, Column field, FieldPath.Found found)
    {
        json.Writer.WritePropertyName(field.Name);
        if (field.MayBeHidden && field.Path.IsHidden(row, redaction))
        {
            json.Writer.WriteStringValue(Redaction.Mark);
            return;
        }

        json.Write(found.Value, found.Name, depth: 1);
    }

    // The name is made fit to be shown once, not in every row.
    private sealed record Column(FieldPath Path, JsonEncodedText Name, byte[] Utf8, bool MayBeHidden)
    {
        public static Column Of(string name, Redaction redaction) => new(
            new FieldPath(name),
            JsonEncodedText.Encode(SafeJson.SafeName(name), JsonLines.Escaping),
            Encoding.UTF8.GetBytes(name),
            name.Contains('.', StringComparison.Ordinal) || redaction.MayHide(name));
    }
}
