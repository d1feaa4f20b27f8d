using System.Text.Json;
using Hypergate.Descriptions;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.PxCloud;

/// <summary>The fields of a body as arguments of their own, where nothing else has their names; and back again.</summary>
internal static class PxCloudBody
{
    private const int MostFields = 40;

    // What a body of plain fields may say of itself.
    private static readonly string[] Plain = ["type", "properties", "required", "title", "description", "example", "examples", "additionalProperties", "deprecated", "default", "$defs"];

    // What tools take for themselves.
    private static readonly string[] Own =
        ["backend", "operation", "arguments", "body", "confirm_token", "confirmed", "wait", "wait_seconds", "fields", "limit", "filter", "sort", "offset", "cursor", "format"];

    /// <summary>The operation with the fields of its body beside its other arguments; itself where that would not be clear.</summary>
    public static Operation Flatten(Operation operation)
    {
        if (operation.Body is not { MediaType: RequestBody.Json } body || FieldsOf(body) is not { Count: > 0 and <= MostFields } fields)
        {
            return operation;
        }

        var taken = operation.Parameters.Select(static parameter => parameter.Name).Concat(Own).ToHashSet(StringComparer.Ordinal);
        return fields.TrueForAll(field => ArgumentName.IsGood(field.Name) && taken.Add(field.Name))
            ? operation with { Body = null, Parameters = [.. operation.Parameters, .. fields] }
            : operation;
    }

    /// <summary>The body of a call.</summary>
    public static EncodedBody? Of(Call call)
    {
        var fields = call.Operation.Parameters.Where(static parameter => parameter.Place == ParameterPlace.Body).ToList();
        if (fields.Count == 0)
        {
            return ArgumentEncoding.Json.Body(call);
        }

        var value = JsonLists.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var field in fields)
            {
                if (call.Arguments.TryGetProperty(field.Name, out var given))
                {
                    writer.WritePropertyName(field.Name);
                    given.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        });
        return new EncodedBody(JsonSerializer.SerializeToUtf8Bytes(value, ModelJson.Default.JsonElement), RequestBody.Json);
    }

    // A field that refers to a definition of the whole takes it along.
    private static JsonElement WithDefinitions(JsonElement field, JsonElement whole) =>
        field.ValueKind != JsonValueKind.Object || !whole.TryGetProperty("$defs", out var definitions) || !field.GetRawText().Contains("\"$ref\"", StringComparison.Ordinal) ? field
        : JsonLists.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var word in field.EnumerateObject())
            {
                word.WriteTo(writer);
            }

            writer.WritePropertyName("$defs");
            definitions.WriteTo(writer);
            writer.WriteEndObject();
        });

    // None where the body is more than a list of fields, or where it may be absent and has fields that may not.
    private static List<Parameter>? FieldsOf(RequestBody body)
    {
        var schema = body.Schema;
        if (schema.ValueKind != JsonValueKind.Object || PxCloudValue.Text(schema, "type") != "object"
            || schema.EnumerateObject().Any(static word => !Plain.Contains(word.Name))
            || (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.Object)
            || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(static name => name.GetString()).ToHashSet(StringComparer.Ordinal)
            : [];
        return required.Count > 0 && !body.Required ? null :
        [
            .. properties.EnumerateObject().Select(property => new Parameter
            {
                Name = property.Name,
                Place = ParameterPlace.Body,
                Required = required.Contains(property.Name),
                Schema = WithDefinitions(property.Value, schema),
                Description = PxCloudValue.Text(property.Value, "description") ?? "",
            }),
        ];
    }
}
