using System.Text.Json;

namespace Hypergate.Results.Formats;

/// <summary><c>{"data":[{…},…]}</c>: one object a row, with null where a row lacks a column.</summary>
internal sealed class JsonNormalFormat : IResultFormat
{
    public string Name => "JsonNormal";

    public bool NamesColumnsOnce => false;

    public string Table(IReadOnlyList<string> columns, IReadOnlyList<JsonElement> rows) => JsonLines.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("data");
        foreach (var row in rows)
        {
            WriteRow(writer, columns, row);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public string Record(JsonElement value) => JsonLines.Record(value);

    private static void WriteRow(Utf8JsonWriter writer, IReadOnlyList<string> columns, JsonElement row)
    {
        writer.WriteStartObject();
        foreach (var column in columns)
        {
            writer.WritePropertyName(column);
            JsonLines.WriteValue(writer, row, column);
        }

        writer.WriteEndObject();
    }
}
