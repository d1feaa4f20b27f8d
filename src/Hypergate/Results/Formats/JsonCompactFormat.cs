using System.Text.Json;

namespace Hypergate.Results.Formats;

/// <summary><c>{"data":{"headers":[…],"rows":[[…],…]}}</c>: names once, one array a row, null where a row lacks a column.</summary>
internal sealed class JsonCompactFormat : IResultFormat
{
    public const string FormatName = "JsonCompact";

    public string Name => FormatName;

    public string Table(IReadOnlyList<string> columns, IReadOnlyList<JsonElement> rows) => JsonLines.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("data");
        writer.WriteStartArray("headers");
        foreach (var column in columns)
        {
            writer.WriteStringValue(column);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("rows");
        foreach (var row in rows)
        {
            WriteRow(writer, columns, row);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    public string Record(JsonElement value) => JsonLines.Record(value);

    private static void WriteRow(Utf8JsonWriter writer, IReadOnlyList<string> columns, JsonElement row)
    {
        writer.WriteStartArray();
        foreach (var column in columns)
        {
            JsonLines.WriteValue(writer, row, column);
        }

        writer.WriteEndArray();
    }
}
