using System.Text.Json.Nodes;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>The parameters of Swagger 2, of which some are a body, as OpenAPI 3 has them.</summary>
internal static class SwaggerTwoParameters
{
    /// <summary>A style that only the older format has.</summary>
    public const string TabDelimited = "tabDelimited";

    private const string JsonType = "application/json";
    private const string FormType = "application/x-www-form-urlencoded";
    private const string MultipartType = "multipart/form-data";

    public static string? Place(JsonObject parameter) => parameter["in"]?.ToString();

    public static JsonNode Parameter(JsonObject parameter)
    {
        if (parameter.ContainsKey("$ref"))
        {
            return parameter.DeepClone();
        }

        var upgraded = new JsonObject { ["schema"] = Schema(parameter) };
        foreach (var name in (string[])["name", "in", "description", "required"])
        {
            Copy(parameter, upgraded, name);
        }

        SetStyle(parameter, upgraded);
        return upgraded;
    }

    private static void SetStyle(JsonObject parameter, JsonObject upgraded)
    {
        var (style, explode) = (parameter["collectionFormat"]?.ToString() ?? "csv") switch
        {
            "multi" => ("form", true),
            "ssv" => ("spaceDelimited", false),
            "pipes" => ("pipeDelimited", false),
            "tsv" => (TabDelimited, false),
            _ => (Place(parameter) is "query" or "formData" ? "form" : "simple", false),
        };
        upgraded["style"] = style;
        upgraded["explode"] = explode;
    }

    // Everything that is not about the parameter is about its value.
    private static JsonObject Schema(JsonObject parameter)
    {
        var schema = new JsonObject();
        foreach (var (name, value) in parameter)
        {
            if (name is not ("name" or "in" or "description" or "required" or "collectionFormat" or "allowEmptyValue"))
            {
                schema[name] = value?.DeepClone();
            }
        }

        if (schema["type"]?.ToString() == "file")
        {
            schema["type"] = "string";
            schema["format"] = "binary";
        }

        return schema;
    }

    public static JsonObject? Body(List<JsonObject> parameters, List<string> consumes)
    {
        if (parameters.Find(static parameter => Place(parameter) == "body") is { } body)
        {
            var upgraded = new JsonObject { ["content"] = Content(consumes is [] ? [JsonType] : consumes, body["schema"]) };
            Copy(body, upgraded, "required");
            return upgraded;
        }

        var fields = parameters.FindAll(static parameter => Place(parameter) == "formData");
        if (fields.Count == 0)
        {
            return null;
        }

        var properties = new JsonObject();
        fields.ForEach(field => properties[field["name"]?.ToString() ?? ""] = Described(field));
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        var required = fields.Where(static field => field["required"]?.ToString() == "true").Select(static field => (JsonNode)field["name"]!.ToString()).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }

        var isMultipart = fields.Exists(static field => field["type"]?.ToString() == "file") || (consumes.Contains(MultipartType) && !consumes.Contains(FormType));
        var type = isMultipart ? MultipartType : FormType;
        var content = Content([type], schema);
        content[type]!["encoding"] = Encoding(fields);
        return new JsonObject { ["required"] = required.Length > 0, ["content"] = content };
    }

    private static JsonObject Encoding(List<JsonObject> fields)
    {
        var encoding = new JsonObject();
        foreach (var field in fields.Where(static field => field["type"]?.ToString() == "array" && field["items"]?["type"]?.ToString() != "file"))
        {
            var style = new JsonObject();
            SetStyle(field, style);
            encoding[field["name"]?.ToString() ?? ""] = style;
        }

        return encoding;
    }

    private static JsonObject Described(JsonObject field)
    {
        var schema = Schema(field);
        Copy(field, schema, "description");
        return schema;
    }

    public static JsonObject Content(List<string> types, JsonNode? schema)
    {
        var content = new JsonObject();
        types.ForEach(type => content[type] = new JsonObject { ["schema"] = schema?.DeepClone() ?? new JsonObject() });
        return content;
    }

    public static void Copy(JsonObject from, JsonObject to, string name)
    {
        if (from[name] is { } value)
        {
            to[name] = value.DeepClone();
        }
    }
}
