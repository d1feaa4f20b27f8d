using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Description;

/// <summary>Reads one type in the short notation that <c>schemas.txt</c> explains at its head.</summary>
/// <param name="text">The type.</param>
/// <param name="find">The schema of a name, for <c>...Name</c>.</param>
internal sealed class SchemaReader(string text, Func<string, JsonObject> find)
{
    private int _at;

    public static JsonObject Read(string text, Func<string, JsonObject> find)
    {
        var reader = new SchemaReader(text, find);
        var schema = reader.Union();
        reader.SkipBlanks();
        return reader._at == text.Length ? schema : throw reader.Unexpected();
    }

    /// <summary>A reference to a named schema.</summary>
    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private JsonObject Union()
    {
        var choices = new List<JsonObject>();
        var nullable = false;
        do
        {
            if (TakeWord("null"))
            {
                nullable = true;
                continue;
            }

            choices.Add(Intersection());
        }
        while (Take('|'));

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
            return new() { ["type"] = type, ["enum"] = new JsonArray([.. choices.Select(choice => choice["enum"]![0]!.DeepClone())]) };
        }

        return new() { ["anyOf"] = new JsonArray([.. choices]) };
    }

    private JsonObject Intersection()
    {
        var parts = new List<JsonNode> { Postfix() };
        while (Take('&'))
        {
            parts.Add(Postfix());
        }

        return parts is [JsonObject only] ? only : new() { ["allOf"] = new JsonArray([.. parts]) };
    }

    private JsonObject Postfix()
    {
        var schema = Primary();
        while (_at + 1 < text.Length && text[_at] == '[' && text[_at + 1] == ']')
        {
            _at += 2;
            schema = new() { ["type"] = "array", ["items"] = schema };
        }

        return schema;
    }

    private JsonObject Primary()
    {
        SkipBlanks();
        if (Take('('))
        {
            var schema = Union();
            Expect(')');
            return schema;
        }

        return text[_at] switch
        {
            '{' => Properties(),
            '"' => Literal("string", Quoted()),
            >= '0' and <= '9' => Literal("number", Number()),
            _ => Named(Word()),
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
        "" => throw Unexpected(),
        _ => Reference(word),
    };

    private JsonObject Limits(JsonObject number)
    {
        if (Take('='))
        {
            number["default"] = Number();
        }

        SkipBlanks();
        if (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            number["minimum"] = Number();
            Expect('.');
            Expect('.');
            number["maximum"] = Number();
        }

        return number;
    }

    private JsonObject Properties()
    {
        Expect('{');
        var properties = new JsonObject();
        var required = new JsonArray();
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        while (!Take('}'))
        {
            if (Take('!'))
            {
                schema["additionalProperties"] = false;
            }
            else if (Take('['))
            {
                Expect('*');
                Expect(']');
                Expect(':');
                schema["additionalProperties"] = Union() is { Count: > 0 } others ? others : true;
            }
            else if (Take('.'))
            {
                Expect('.');
                Expect('.');
                Spread(find(Word()), properties, required);
            }
            else
            {
                Property(properties, required);
            }

            Take(',');
        }

        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        return schema;
    }

    private void Property(JsonObject properties, JsonArray required)
    {
        SkipBlanks();
        var name = text[_at] == '"' ? Quoted() : Word();
        if (!Take('?'))
        {
            required.Add(name);
        }

        Expect(':');
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

    private static JsonObject Literal(string type, JsonNode value) => new() { ["type"] = type, ["enum"] = new JsonArray(value) };

    private string Quoted()
    {
        var end = text.IndexOf('"', _at + 1);
        var value = text[(_at + 1)..end];
        _at = end + 1;
        return value;
    }

    private int Number()
    {
        SkipBlanks();
        var start = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }

        return int.Parse(text.AsSpan(start, _at - start), CultureInfo.InvariantCulture);
    }

    private string Word()
    {
        SkipBlanks();
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or '$'))
        {
            _at++;
        }

        return text[start.._at];
    }

    private bool TakeWord(string word)
    {
        var start = _at;
        if (Word() == word)
        {
            return true;
        }

        _at = start;
        return false;
    }

    private bool Take(char character)
    {
        SkipBlanks();
        if (_at >= text.Length || text[_at] != character)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(char character)
    {
        if (!Take(character))
        {
            throw Unexpected();
        }
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }
    }

    private FormatException Unexpected() => new($"The schema is not understood at its character {_at}: {text}");
}
