using System.Text.Json.Nodes;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>Puts <c>additionalProperties: false</c> on every object that declares properties: platforms refuse others.</summary>
internal static class SchemaClosing
{
    public static void Close(JsonObject schema) => Close(schema, isPart: false);

    // A part of a whole must stay open: the other parts declare the rest.
    private static void Close(JsonObject schema, bool isPart)
    {
        var isWhole = !schema.ContainsKey("anyOf") && !schema.ContainsKey("oneOf") && !schema.ContainsKey("allOf");
        foreach (var (keyword, value) in schema.ToList())
        {
            switch (keyword)
            {
                case "properties" or "patternProperties":
                    CloseEach(((JsonObject)value!).Select(static property => property.Value), isPart: false);
                    break;
                case "items" or "additionalProperties" or "contains" when value is JsonObject inner:
                    Close(inner, isPart: false);
                    break;
                case "prefixItems":
                    CloseEach((JsonArray)value!, isPart: false);
                    break;
                case "anyOf" or "oneOf":
                    CloseEach((JsonArray)value!, isPart || schema.ContainsKey("properties") || schema.ContainsKey("allOf"));
                    break;
                case "allOf":
                    CloseEach((JsonArray)value!, isPart: true);
                    break;
                default:
                    break;
            }
        }

        if (isWhole && !isPart && schema.ContainsKey("properties") && !schema.ContainsKey("additionalProperties"))
        {
            schema["additionalProperties"] = false;
        }
    }

    private static void CloseEach(IEnumerable<JsonNode?> schemas, bool isPart)
    {
        foreach (var schema in schemas)
        {
            if (schema is JsonObject inner)
            {
                Close(inner, isPart);
            }
        }
    }
}
