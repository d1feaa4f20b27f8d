using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.ProxmoxVe.Description;

/// <summary>A parameter as it stands in the description.</summary>
internal static class SchemaJson
{
    public static JsonObject Of(PropertySchema schema)
    {
        var json = new JsonObject { ["type"] = schema.Type };
        Add(json, "description", ParameterTexts.Of(schema.Name));
        Add(json, "optional", schema.Optional ? 1 : null);
        Add(json, "default_key", schema.Bare ? 1 : null);
        Add(json, "minimum", Number(schema.Minimum));
        Add(json, "maximum", Number(schema.Maximum));
        Add(json, "minLength", schema.MinLength);
        Add(json, "maxLength", schema.MaxLength);
        Add(json, "enum", schema.Enum.Count == 0 ? null : new JsonArray([.. schema.Enum.Select(static value => (JsonNode)value)]));
        Add(json, "default", Default(schema));
        Add(json, "pattern", schema.Pattern);
        Add(json, "requires", schema.Requires);
        Add(json, "alias", schema.Alias);
        Add(json, "keyAlias", schema.KeyAlias);
        Add(json, "items", schema.Items is null ? null : Of(schema.Items));
        Add(json, "format", schema.Format);
        if (schema.PropertyString is { } keys)
        {
            json["format"] = new JsonObject(RouteTable.Shared.Formats[keys].Select(static key => KeyValuePair.Create(key.Name, (JsonNode?)Of(key))));
        }

        Add(json, "typetext", TypeText(schema));
        return json;
    }

    private static string? TypeText(PropertySchema schema) => schema switch
    {
        { PropertyString: { } keys } => string.Join(" ", RouteTable.Shared.Formats[keys].Where(static key => key.Alias is null).Select(KeyText)),
        { Enum.Count: > 0 } => null,
        { Minimum: { } low, Maximum: { } high } => $"<{schema.Type}> ({Number(low)} - {Number(high)})",
        { Minimum: { } low } => $"<{schema.Type}> ({Number(low)} - N)",
        _ => $"<{schema.Type}>",
    };

    private static string KeyText(PropertySchema key)
    {
        var value = key.Type == "boolean" ? "<1|0>" : key.Enum.Count > 0 ? $"<{string.Join('|', key.Enum)}>" : $"<{key.Type}>";
        var text = key.Bare ? $"[{key.Name}=]{value}" : $"{key.Name}={value}";
        return key.Optional ? $"[,{text}]" : text;
    }

    private static JsonNode? Default(PropertySchema schema) => schema switch
    {
        { Default: null } => null,
        { Type: "integer" or "boolean" } when long.TryParse(schema.Default, CultureInfo.InvariantCulture, out var number) => number,
        { Type: "number" } when double.TryParse(schema.Default, CultureInfo.InvariantCulture, out var number) => number,
        _ => schema.Default,
    };

    // Whole numbers without a fraction.
    private static JsonValue? Number(double? number) => number is null ? null
        : number == Math.Floor(number.Value) && Math.Abs(number.Value) < 1e15 ? JsonValue.Create((long)number.Value)
        : JsonValue.Create(number.Value);

    private static void Add(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
