using System.Text.Json;
using System.Text.Json.Nodes;
using static Hypergate.Descriptions.OpenApi.SwaggerTwoParameters;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>Writes a Swagger 2 document as the OpenAPI 3 document that says the same, so that one reader reads both.</summary>
internal static class SwaggerTwo
{
    private const string JsonType = "application/json";

    public static bool Is(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("swagger", out _);

    public static byte[] Upgrade(JsonElement root)
    {
        var document = JsonObject.Create(root)!;
        var upgraded = new JsonObject { ["openapi"] = "3.1.0", ["info"] = document["info"]?.DeepClone() };
        upgraded["servers"] = new JsonArray(new JsonObject { ["url"] = document["basePath"]?.ToString() is { Length: > 0 } path ? path : "/" });
        Copy(document, upgraded, "security");
        upgraded["components"] = Components(document);
        if (document["paths"] is JsonObject)
        {
            upgraded["paths"] = Paths(document);
        }

        Redirect(upgraded);
        return JsonSerializer.SerializeToUtf8Bytes(upgraded, SwaggerJson.Default.JsonObject);
    }

    private static JsonObject Components(JsonObject document)
    {
        var components = new JsonObject { ["schemas"] = document["definitions"]?.DeepClone() ?? new JsonObject() };
        components["parameters"] = Map(document["parameters"], static parameter => Place(parameter) is "body" or "formData" ? parameter.DeepClone() : Parameter(parameter));
        components["responses"] = Map(document["responses"], response => Response(response, Types(document["produces"])));
        components["securitySchemes"] = Map(document["securityDefinitions"], SecurityScheme);
        return components;
    }

    private static JsonObject Map(JsonNode? map, Func<JsonObject, JsonNode> change)
    {
        var changed = new JsonObject();
        foreach (var (name, value) in map as JsonObject ?? [])
        {
            if (value is JsonObject inner)
            {
                changed[name] = change(inner);
            }
        }

        return changed;
    }

    private static JsonObject SecurityScheme(JsonObject scheme) => scheme["type"]?.ToString() switch
    {
        "basic" => new JsonObject { ["type"] = "http", ["scheme"] = "basic" },
        _ => (JsonObject)scheme.DeepClone(),
    };

    private static JsonObject Paths(JsonObject document)
    {
        var paths = new JsonObject();
        foreach (var (path, item) in document["paths"] as JsonObject ?? [])
        {
            if (item is JsonObject operations)
            {
                paths[path] = Item(operations, document);
            }
        }

        return paths;
    }

    private static JsonObject Item(JsonObject item, JsonObject document)
    {
        var shared = Parameters(item["parameters"], document);
        var upgraded = new JsonObject();
        foreach (var (name, value) in item)
        {
            if (value is JsonObject operation && name is ("get" or "put" or "post" or "delete" or "patch" or "head" or "options"))
            {
                upgraded[name] = Operation(operation, shared, document);
            }
            else if (name != "parameters")
            {
                upgraded[name] = value?.DeepClone();
            }
        }

        return upgraded;
    }

    private static JsonObject Operation(JsonObject operation, List<JsonObject> shared, JsonObject document)
    {
        var upgraded = new JsonObject();
        foreach (var name in (string[])["operationId", "summary", "description", "tags", "deprecated", "security"])
        {
            Copy(operation, upgraded, name);
        }

        var own = Parameters(operation["parameters"], document);
        var all = shared.Where(outer => own.TrueForAll(inner => !IsSame(inner, outer))).Concat(own).ToList();
        upgraded["parameters"] = new JsonArray([.. all.Where(static parameter => Place(parameter) is not ("body" or "formData")).Select(Parameter)]);
        if (Body(all, Types(operation["consumes"] ?? document["consumes"])) is { } body)
        {
            upgraded["requestBody"] = body;
        }

        upgraded["responses"] = Map(operation["responses"], response => response.ContainsKey("$ref") ? response.DeepClone() : Response(response, Types(operation["produces"] ?? document["produces"])));
        return upgraded;
    }

    // References among parameters are followed here, because a body may hide behind one.
    private static List<JsonObject> Parameters(JsonNode? list, JsonObject document)
    {
        var parameters = new List<JsonObject>();
        foreach (var entry in list as JsonArray ?? [])
        {
            if (entry is JsonObject parameter)
            {
                var name = parameter["$ref"]?.ToString() is { } address && address.StartsWith("#/parameters/", StringComparison.Ordinal) ? address["#/parameters/".Length..] : null;
                parameters.Add(name is not null && document["parameters"]?[Unescaped(name)] is JsonObject found ? found : parameter);
            }
        }

        return parameters;
    }

    private static string Unescaped(string name) => Uri.UnescapeDataString(name).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static bool IsSame(JsonObject one, JsonObject other) => one["name"]?.ToString() == other["name"]?.ToString() && Place(one) == Place(other);

    private static JsonObject Response(JsonObject response, List<string> produces)
    {
        var upgraded = new JsonObject();
        Copy(response, upgraded, "description");
        if (response["schema"] is { } schema)
        {
            upgraded["content"] = Content(produces is [] ? [JsonType] : produces, schema);
        }

        return upgraded;
    }

    private static List<string> Types(JsonNode? list) => [.. (list as JsonArray ?? []).Select(static type => type?.ToString() ?? "").Where(static type => type.Length > 0)];

    private static void Redirect(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                if (map["$ref"] is JsonValue address && address.TryGetValue<string>(out var text))
                {
                    map["$ref"] = Moved(text);
                }

                foreach (var (_, value) in map.ToList())
                {
                    Redirect(value);
                }

                break;
            case JsonArray list:
                foreach (var value in list)
                {
                    Redirect(value);
                }

                break;
        }
    }

    private static string Moved(string address) => address switch
    {
        _ when address.StartsWith("#/definitions/", StringComparison.Ordinal) => "#/components/schemas/" + address["#/definitions/".Length..],
        _ when address.StartsWith("#/parameters/", StringComparison.Ordinal) => "#/components/parameters/" + address["#/parameters/".Length..],
        _ when address.StartsWith("#/responses/", StringComparison.Ordinal) => "#/components/responses/" + address["#/responses/".Length..],
        _ => address,
    };
}
