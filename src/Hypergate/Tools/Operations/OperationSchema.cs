using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Tools.Operations;

/// <summary>The schemas of the tool of one operation: what it takes, in full, without the words that tell a model nothing.</summary>
internal static class OperationSchema
{
    private const int LongestPattern = 60;
    private const string Definitions = "$defs";

    public static JsonElement Output { get; } = ToolSchema.Write(static writer => writer.WriteString("type", "object"));

    public static JsonElement Input(Operation operation) => ToolSchema.Write(writer =>
    {
        ToolSchema.WriteOpen(writer, properties => WriteProperties(properties, operation), Required(operation));
        WriteDefinitions(writer, operation);
    });

    private static void WriteProperties(Utf8JsonWriter writer, Operation operation)
    {
        foreach (var parameter in operation.Parameters.Where(parameter => !OwnArguments.ShapesLists(operation, parameter)))
        {
            writer.WriteStartObject(parameter.Name);
            if (parameter.Description.Length > 0 && !SaysItself(parameter))
            {
                writer.WriteString("description", parameter.Description);
            }

            WriteWords(writer, parameter.Schema, withDescription: false);
            writer.WriteEndObject();
        }

        if (operation.Body is { } body)
        {
            writer.WritePropertyName(OwnArguments.Body);
            Write(writer, body.Schema);
        }

        OwnSchema.Write(writer, [operation], operation.Changes);
    }

    // References count from the root: what parts define for themselves is defined there.
    private static void WriteDefinitions(Utf8JsonWriter writer, Operation operation)
    {
        var definitions = operation.Parameters.Select(static parameter => parameter.Schema).Append(operation.Body?.Schema ?? default)
            .Where(static schema => schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(Definitions, out _))
            .SelectMany(static schema => schema.GetProperty(Definitions).EnumerateObject())
            .DistinctBy(static definition => definition.Name, StringComparer.Ordinal).ToList();
        if (definitions.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(Definitions);
        foreach (var definition in definitions)
        {
            writer.WritePropertyName(definition.Name);
            Write(writer, definition.Value);
        }

        writer.WriteEndObject();
    }

    private static string[] Required(Operation operation) =>
    [
        .. operation.Parameters.Where(static parameter => parameter.Required).Select(static parameter => parameter.Name),
        .. operation.Body is { Required: true } ? [OwnArguments.Body] : Array.Empty<string>(),
    ];

    // "id" needs no sentence that it is an id.
    private static bool SaysItself(Parameter parameter) => parameter is { Place: ParameterPlace.Path, Name: "id" };

    private static void Write(Utf8JsonWriter writer, JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            schema.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        WriteWords(writer, schema, withDescription: true);
        writer.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter writer, JsonElement schema, bool withDescription)
    {
        foreach (var word in schema.ValueKind == JsonValueKind.Object ? schema.EnumerateObject() : default)
        {
            switch (word.Name)
            {
                case "description" when !withDescription:
                case "examples" or "deprecated" or Definitions:
                case "format" when word.Value.ValueEquals("uuid"):
                case "pattern" when word.Value.ToString().Length > LongestPattern:

                // Every object is closed, and the gateway refuses what is unknown with the nearest known name.
                case "additionalProperties" when word.Value.ValueKind == JsonValueKind.False:
                    break;
                case "properties" or "patternProperties":
                    WriteMap(writer, word);
                    break;
                case "items" or "additionalProperties" or "not" or "contains":
                    writer.WritePropertyName(word.Name);
                    Write(writer, word.Value);
                    break;
                case "anyOf" or "oneOf" or "allOf" or "prefixItems":
                    WriteList(writer, word);
                    break;
                default:
                    word.WriteTo(writer);
                    break;
            }
        }
    }

    private static void WriteMap(Utf8JsonWriter writer, JsonProperty properties)
    {
        writer.WriteStartObject(properties.Name);
        foreach (var property in properties.Value.EnumerateObject())
        {
            writer.WritePropertyName(property.Name);
            Write(writer, property.Value);
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, JsonProperty choices)
    {
        writer.WriteStartArray(choices.Name);
        foreach (var choice in choices.Value.EnumerateArray())
        {
            Write(writer, choice);
        }

        writer.WriteEndArray();
    }
}
