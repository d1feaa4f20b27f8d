using System.Text.Json;

namespace Hypergate.Tools.Query;

/// <summary>The JSON Schema of answers that are rows.</summary>
internal static class RowsSchema
{
    public static JsonElement Value { get; } = ToolSchema.Open(
        static writer =>
        {
            writer.WriteStartObject("columns");
            writer.WriteString("type", "array");
            writer.WriteStartObject("items");
            writer.WriteString("type", "string");
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteStartObject("rows");
            writer.WriteString("type", "array");
            writer.WriteStartObject("items");
            writer.WriteString("type", "object");
            writer.WriteEndObject();
            writer.WriteEndObject();
            ToolSchema.Property(writer, "total", "integer");
            ToolSchema.Property(writer, "returned", "integer");
            ToolSchema.Property(writer, "next_cursor", "string");
            ToolSchema.Property(writer, "warnings", "array");
        },
        "columns",
        "rows",
        "total",
        "returned",
        "warnings");
}
