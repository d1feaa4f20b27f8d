using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Hypergate.Model;

namespace Hypergate.Host.Settings;

/// <summary>The JSON Schema of the settings, made from their types: for editors, and for checking a file before it is read.</summary>
internal static class SettingsSchema
{
    private const string Resource = "hypergate.schema.json";

    /// <summary>The schema that this build carries.</summary>
    public static JsonElement Embedded()
    {
        using var stream = typeof(SettingsSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    /// <summary>The schema of the types as they are; what <c>schema/hypergate.schema.json</c> must hold.</summary>
    public static JsonObject Generate()
    {
        var schema = SettingsJson.Default.GatewaySettings.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Transform,
        }).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "Settings of Hypergate");
        return schema;
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        if (context.TypeInfo.Type == typeof(Secret))
        {
            node = new JsonObject { ["type"] = "string", ["minLength"] = 1 };
        }

        if (node is not JsonObject schema || context.PropertyInfo?.AttributeProvider is not { } attributes)
        {
            return node;
        }

        schema.Remove("default");
        Limit(schema, attributes);
        if (Find<DescriptionAttribute>(attributes) is { } description)
        {
            schema.Insert(0, "description", description.Description);
        }

        return schema;
    }

    private static void Limit(JsonObject schema, ICustomAttributeProvider attributes)
    {
        if (Find<RangeAttribute>(attributes) is { } range)
        {
            schema["minimum"] = (int)range.Minimum;
            schema["maximum"] = (int)range.Maximum;
        }

        if (Find<MinLengthAttribute>(attributes) is { } least)
        {
            schema["minItems"] = least.Length;
        }

        if (Find<AllowedValuesAttribute>(attributes) is { } allowed)
        {
            var target = schema["items"] as JsonObject ?? schema;
            target["enum"] = new JsonArray([.. allowed.Values.Select(static value => JsonValue.Create(value?.ToString()))]);
        }
    }

    private static T? Find<T>(ICustomAttributeProvider attributes)
        where T : Attribute => attributes.GetCustomAttributes(typeof(T), inherit: false).OfType<T>().FirstOrDefault();
}
