using System.Text.Json.Nodes;

namespace Hypergate.Simulator.ProxmoxVe.Description;

/// <summary>An operation as it stands in the description.</summary>
internal static class MethodJson
{
    private static readonly Dictionary<char, string> Types = new()
    {
        ['s'] = "string",
        ['i'] = "integer",
        ['n'] = "number",
        ['b'] = "boolean",
        ['o'] = "object",
        ['a'] = "array",
    };

    public static JsonObject Of(Route route)
    {
        var json = new JsonObject
        {
            ["method"] = route.Method,
            ["name"] = route.Name,
            ["description"] = RouteTexts.Of(route),
            ["allowtoken"] = route.AllowsTokens ? 1 : 0,
            ["parameters"] = Parameters(route),
            ["returns"] = Returns(route.Gives),
        };
        Add(json, "permissions", Permissions(route));
        Add(json, "protected", route.Flags.Contains("protected") ? 1 : null);
        Add(json, "proxyto", route.Proxied ? "node" : null);
        Add(json, "expose_credentials", route.Flags.Contains("credentials") ? 1 : null);
        Add(json, "download_allowed", route.Flags.Contains("download") ? 1 : null);
        return json;
    }

    private static JsonObject Parameters(Route route)
    {
        var properties = new JsonObject(route.Parameters.Values.Select(static schema =>
            KeyValuePair.Create(schema.Name, (JsonNode?)SchemaJson.Of(schema))));
        var json = new JsonObject();
        Add(json, "additionalProperties", route.Flags.Contains("unclosed") ? null : route.TakesOthers ? 1 : 0);
        if (properties.Count > 0)
        {
            json["properties"] = properties;
        }

        return json;
    }

    private static JsonObject? Permissions(Route route)
    {
        var json = new JsonObject();
        Add(json, "user", route.OpenTo);
        Add(json, "check", route.Check?.DeepClone());
        return json.Count == 0 ? null : json;
    }

    // "array of object by name with vmid:i status?:s"
    private static JsonObject Returns(string gives)
    {
        var (head, fields) = gives.Split(" with ", 2) is [var h, var f] ? (h, f) : (gives, "");
        var words = head.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return [];
        }

        var json = new JsonObject { ["type"] = words[0] };
        var target = json;
        if (words[0] == "array" && words.Length > 2 && words[1] == "of")
        {
            json["items"] = target = new JsonObject { ["type"] = words[2] };
        }

        if (fields.Length > 0)
        {
            target["properties"] = new JsonObject(fields.Split(' ').Select(Field));
        }

        if (Array.IndexOf(words, "by") is >= 0 and var by)
        {
            json["links"] = new JsonArray(new JsonObject { ["rel"] = "child", ["href"] = $"{{{words[by + 1]}}}" });
        }

        return json;
    }

    private static KeyValuePair<string, JsonNode?> Field(string text)
    {
        var colon = text.LastIndexOf(':');
        var name = text[..colon];
        var schema = new JsonObject { ["type"] = Types[text[colon + 1]] };
        if (name.EndsWith('?'))
        {
            schema["optional"] = 1;
        }

        return KeyValuePair.Create(name.TrimEnd('?'), (JsonNode?)schema);
    }

    private static void Add(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
