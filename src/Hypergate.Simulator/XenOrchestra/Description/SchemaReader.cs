using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Description;

/// <summary>Reads one type in the short notation that <c>schemas.txt</c> explains at its head.</summary>
internal sealed class SchemaReader
{
    private readonly NotationScanner _text;
    private readonly Func<string, JsonObject> _find;

    private SchemaReader(string text, Func<string, JsonObject> find) => (_text, _find) = (new NotationScanner(text), find);

    /// <param name="text">The type.</param>
    /// <param name="find">The schema of a name, for <c>...Name</c>.</param>
    public static JsonObject Read(string text, Func<string, JsonObject> find)
    {
        var reader = new SchemaReader(text, find);
        var schema = reader.Union();
        return reader._text.IsAtEnd ? schema : throw reader._text.Unexpected();
    }

    /// <summary>A reference to a named schema.</summary>
    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private JsonObject Union()
    {
        var choices = new List<JsonObject>();
        var nullable = false;
        do
        {
            if (_text.TakeWord("null"))
            {
                nullable = true;
                continue;
            }

            choices.Add(Intersection());
        }
        while (_text.Take('|'));

        var schema = Merge(choices);
        if (nullable)
        {
            schema = schema.ContainsKey("$ref") ? new() { ["allOf"] = new JsonArray(schema) } : schema;
            schema["nullable"] = true;
        }

        return schema;
    }

    /// <summary>Single words of one type become one enumeration, anything else stays a choice.</summary>
    private static JsonObject Merge(List<JsonObject> choices)
    {
        if (choices.Count == 1)
        {
            return choices[0];
        }

        var type = choices[0]["type"]?.GetValue<string>();
        if (choices.TrueForAll(choice => choice["enum"] is not null && choice["type"]?.GetValue<string>() == type))
        {
            var words = choices.Select(choice => choice["enum"]![0]!.DeepClone());
            return new() { ["type"] = type, ["enum"] = new JsonArray([.. words]) };
        }

        return new() { ["anyOf"] = new JsonArray([.. choices]) };
    }

    private JsonObject Intersection()
    {
        var parts = new List<JsonNode> { Postfix() };
        while (_text.Take('&'))
        {
            parts.Add(Postfix());
        }

        return parts is [JsonObject only] ? only : new() { ["allOf"] = new JsonArray([.. parts]) };
    }

    private JsonObject Postfix()
    {
        var schema = Primary();
        while (_text.TakeBrackets())
        {
            schema = new() { ["type"] = "array", ["items"] = schema };
        }

        return schema;
    }

    private JsonObject Primary()
    {
        if (_text.Take('('))
        {
            var schema = Union();
            _text.Expect(')');
            return schema;
        }

        return _text.Next switch
        {
            '{' => Properties(),
            '"' => Literal("string", _text.Quoted()),
            >= '0' and <= '9' => Literal("number", _text.Number()),
            _ => Named(_text.Word()),
        };
    }

    private JsonObject Named(string word) => word switch
    {
        "string" => new() { ["type"] = "string" },
        "boolean" => new() { ["type"] = "boolean" },
        "bytes" => new() { ["type"] = "string", ["format"] = "byte" },
        "number" => Limits(new() { ["type"] = "number", ["format"] = "double" }),
        "any" => [],
        "true" or "false" => Literal("boolean", word == "true"),
        "" => throw _text.Unexpected(),
        _ => Reference(word),
    };

    private JsonObject Limits(JsonObject number)
    {
        if (_text.Take('='))
        {
            number["default"] = _text.Number();
        }

        if (char.IsAsciiDigit(_text.Next))
        {
            number["minimum"] = _text.Number();
            _text.Expect('.');
            _text.Expect('.');
            number["maximum"] = _text.Number();
        }

        return number;
    }

    private JsonObject Properties()
    {
        _text.Expect('{');
        var properties = new JsonObject();
        var required = new JsonArray();
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        while (!_text.Take('}'))
        {
            if (_text.Take('!'))
            {
                schema["additionalProperties"] = false;
            }
            else if (_text.Take('['))
            {
                _text.Expect('*');
                _text.Expect(']');
                _text.Expect(':');
                schema["additionalProperties"] = Union() is { Count: > 0 } others ? others : true;
            }
            else if (_text.Take('.'))
            {
                _text.Expect('.');
                _text.Expect('.');
                Spread(_find(_text.Word()), properties, required);
            }
            else
            {
                Property(properties, required);
            }

            _text.Take(',');
        }

        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        return schema;
    }

    private void Property(JsonObject properties, JsonArray required)
    {
        var name = _text.Next == '"' ? _text.Quoted() : _text.Word();
        if (!_text.Take('?'))
        {
            required.Add(name);
        }

        _text.Expect(':');
        properties[name] = Union();
    }

    private static void Spread(JsonObject other, JsonObject properties, JsonArray required)
    {
        foreach (var (name, schema) in other["properties"]!.AsObject())
        {
            properties[name] = schema!.DeepClone();
        }

        foreach (var name in other["required"]?.AsArray() ?? [])
        {
            required.Add(name!.DeepClone());
        }
    }

    private static JsonObject Literal(string type, JsonNode value) =>
        new() { ["type"] = type, ["enum"] = new JsonArray(value) };
}
