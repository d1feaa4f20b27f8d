using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Tools.Domains;

/// <summary>The schemas of a domain tool: the union of what its operations take. Each call is checked against its own operation.</summary>
internal static class DomainSchema
{
    public static JsonElement Input(DomainTool tool) => ToolSchema.Open(
        writer =>
        {
            if (tool.Backends.Count > 1)
            {
                ToolSchema.Choice(writer, OwnArguments.Backend, tool.Backends);
            }

            ToolSchema.Choice(writer, OwnArguments.Operation, tool.Operations.Select(static operation => operation.Name));
            foreach (var parameter in Parameters(tool))
            {
                Write(writer, parameter);
            }

            if (tool.Operations.Any(static operation => operation.Body is not null))
            {
                ToolSchema.Property(writer, OwnArguments.Body, "object");
            }

            OwnSchema.Write(writer, tool.Operations, tool.Acts);
        },
        tool.Backends.Count > 1 ? [OwnArguments.Backend, OwnArguments.Operation] : [OwnArguments.Operation]);

    public static JsonElement Output(DomainTool tool) => ToolSchema.Write(writer =>
    {
        writer.WriteString("type", "object");
        if (!tool.Acts && tool.Operations.Any(static operation => operation.Result == ResultShape.List))
        {
            writer.WriteStartObject("properties");
            ToolSchema.Property(writer, "rows", "array");
            ToolSchema.Property(writer, "total", "integer");
            ToolSchema.Property(writer, "next_cursor", "string");
            writer.WriteEndObject();
        }
    });

    private static IEnumerable<IGrouping<string, Parameter>> Parameters(DomainTool tool) => tool.Operations
        .SelectMany(static operation => operation.Parameters.Where(parameter => !OwnArguments.ShapesLists(operation, parameter)))
        .GroupBy(static parameter => parameter.Name, StringComparer.Ordinal);

    // What not all of the operations say of a name is left to each of them.
    private static void Write(Utf8JsonWriter writer, IGrouping<string, Parameter> same)
    {
        writer.WriteStartObject(same.Key);
        foreach (var word in same.First().Schema.EnumerateObject())
        {
            if (word.Name is "type" or "enum" or "items" or "minimum" or "maximum" && !word.Value.GetRawText().Contains("\"$ref\"", StringComparison.Ordinal) && same.All(other => Says(other.Schema, word)))
            {
                word.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static bool Says(JsonElement schema, JsonProperty word) =>
        schema.TryGetProperty(word.Name, out var said) && JsonElement.DeepEquals(said, word.Value);
}
