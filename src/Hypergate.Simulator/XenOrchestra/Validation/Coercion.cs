using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Validation;

/// <summary>
/// Makes of a body's value what its schema wants, where the server does: <c>"false"</c> is a boolean and <c>"5"</c> a number
/// where one is asked for, and a single value is a list of one.
/// </summary>
internal static class Coercion
{
    public static void Apply(JsonObject schema, JsonObject item, string property)
    {
        if (!item.TryGetPropertyValue(property, out var value) || Schemas.IsNullable(schema))
        {
            return;
        }

        var text = value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        switch (schema["type"]?.GetValue<string>())
        {
            case "boolean" when value is null:
                item[property] = false;
                break;
            case "boolean" when bool.TryParse(text, out var flag):
                item[property] = flag;
                break;
            case "integer" or "number" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                item[property] = number;
                break;
            case "array" when value is not JsonArray:
                item[property] = new JsonArray(value?.DeepClone());
                break;
        }
    }
}
