using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using Hypergate.Backends;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Tests.Host.Settings;

/// <summary>Makes the settings' JSON Schema from their types. Here and not in the product, because it looks at them by reflection.</summary>
internal static class SettingsSchemaGenerator
{
    private static readonly JsonSerializerOptions Options = new(SettingsJsonContext.Default.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Generate()
    {
        var exporter = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
        var schema = Options.GetJsonSchemaAsNode(typeof(GatewaySettings), exporter).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "Settings of Hypergate (hypergate.yaml)");
        return schema.ToJsonString(Options) + "\n";
    }

    /// <summary>The default of a property, as JSON; null where it has none.</summary>
    public static JsonNode? DefaultOf(PropertyInfo property)
    {
        var isRequired = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute));
        var value = isRequired ? null : property.GetValue(Activator.CreateInstance(property.DeclaringType!));
        return value is null ? null : JsonSerializer.SerializeToNode(value, Options.GetTypeInfo(property.PropertyType));
    }

    private static JsonObject Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var schema = SchemaOf(context.TypeInfo.Type) ?? MakeStrict(node.AsObject());
        if (context.PropertyInfo?.AttributeProvider is not PropertyInfo property)
        {
            return schema;
        }

        var setting = property.GetCustomAttribute<SettingAttribute>()
            ?? throw new InvalidOperationException($"{property.DeclaringType!.Name}.{property.Name} has no [Setting] with its description.");
        schema.Insert(0, "description", setting.Description);
        AddLimits(schema, setting);
        if (DefaultOf(property) is { } value)
        {
            schema["default"] = value;
        }

        return schema;
    }

    /// <summary>Types that read themselves.</summary>
    private static JsonObject? SchemaOf(Type type) => type switch
    {
        _ when type == typeof(Secret) => new() { ["type"] = "string", ["writeOnly"] = true },
        _ when type == typeof(AccessList) => new()
        {
            ["type"] = new JsonArray("string", "array"),
            ["minItems"] = 1,
            ["items"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. AccessList.Words.Select(static word => JsonValue.Create(word))]) },
        },
        _ when type == typeof(PlatformUrls) => new()
        {
            ["type"] = new JsonArray("string", "array"),
            ["minLength"] = 1,
            ["minItems"] = 1,
            ["items"] = new JsonObject { ["type"] = "string", ["format"] = "uri" },
        },
        _ when type == typeof(JsonElement) => [],
        _ => null,
    };

    /// <summary>Null is for absent settings only; an enum of ours is text.</summary>
    private static JsonObject MakeStrict(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
        {
            schema["type"] = types.Select(static type => type!.GetValue<string>()).Single(static type => type != "null");
        }

        if (schema.ContainsKey("enum") && !schema.ContainsKey("type"))
        {
            schema.Insert(0, "type", "string");
        }

        return schema;
    }

    private static void AddLimits(JsonObject schema, SettingAttribute setting)
    {
        if (setting.MinItems > 0)
        {
            schema["minItems"] = setting.MinItems;
        }

        var leaf = schema["items"] as JsonObject ?? schema["additionalProperties"] as JsonObject ?? schema;
        if (leaf["type"]?.GetValue<string>() == "string" && !leaf.ContainsKey("enum"))
        {
            leaf["minLength"] = 1;
        }

        if (setting.Values is { Length: > 0 } values)
        {
            leaf["enum"] = new JsonArray([.. values.Select(static value => JsonValue.Create(value))]);
            leaf.Remove("minLength");
        }

        Add("pattern", setting.Pattern);
        Add("minimum", double.IsNaN(setting.Minimum) ? null : setting.Minimum);
        Add("maximum", double.IsNaN(setting.Maximum) ? null : setting.Maximum);

        void Add(string keyword, JsonNode? value)
        {
            if (value is not null)
            {
                leaf[keyword] = value;
            }
        }
    }
}
