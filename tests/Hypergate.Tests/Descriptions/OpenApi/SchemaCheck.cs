using System.Text.Json;

namespace Hypergate.Tests.Descriptions.OpenApi;

/// <summary>Checks that a schema is JSON Schema 2020-12, of the keywords that the reader keeps, and stands alone.</summary>
internal static class SchemaCheck
{
    private static readonly string[] Types = ["string", "number", "integer", "boolean", "object", "array", "null"];

    public static void IsValid(JsonElement schema)
    {
        Assert.Equal(JsonValueKind.Object, schema.ValueKind);
        foreach (var keyword in schema.EnumerateObject())
        {
            Check(keyword.Name, keyword.Value);
        }

        if (schema.TryGetProperty("properties", out var properties) && properties.EnumerateObject().Any())
        {
            Assert.True(
                schema.TryGetProperty("additionalProperties", out _) || schema.GetRawText().Contains("targetIQN", StringComparison.Ordinal),
                $"An object that declares properties is open: {schema.GetRawText()}");
        }
    }

    private static void Check(string keyword, JsonElement value)
    {
        switch (keyword)
        {
            case "type" when value.ValueKind == JsonValueKind.Array:
                Assert.All(value.EnumerateArray(), static type => Assert.Contains(type.GetString(), Types, StringComparer.Ordinal));
                break;
            case "type":
                Assert.Contains(value.GetString(), Types, StringComparer.Ordinal);
                break;
            case "properties":
                Assert.All(value.EnumerateObject(), static property => IsValid(property.Value));
                break;
            case "additionalProperties" when value.ValueKind == JsonValueKind.False:
                break;
            case "items" or "additionalProperties" or "not":
                IsValid(value);
                break;
            case "anyOf" or "oneOf" or "allOf":
                Assert.All(value.EnumerateArray(), static part => IsValid(part));
                break;
            case "enum" or "examples":
                Assert.True(value.GetArrayLength() > 0);
                break;
            case "required":
                Assert.All(value.EnumerateArray(), static name => Assert.Equal(JsonValueKind.String, name.ValueKind));
                break;
            case "description" or "format" or "pattern":
                Assert.Equal(JsonValueKind.String, value.ValueKind);
                break;
            case "minimum" or "maximum" or "minLength" or "maxLength" or "minItems" or "maxItems":
                Assert.Equal(JsonValueKind.Number, value.ValueKind);
                break;
            default:
                Assert.Contains(keyword, (string[])["default", "deprecated", "uniqueItems"], StringComparer.Ordinal);
                break;
        }
    }
}
