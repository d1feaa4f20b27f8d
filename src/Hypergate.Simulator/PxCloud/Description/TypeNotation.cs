using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.PxCloud.Description;

/// <summary>
/// Reads types as the texts of this folder write them, into schemas: <c>string(1..64)</c>, <c>int</c>, <c>enum(a|b)</c>, <c>[Vm]</c>,
/// <c>{ name!:string }</c>, <c>Vm</c>; <c>?</c> behind a type lets it be null, <c>!</c> behind a name makes it required.
/// </summary>
internal sealed class TypeNotation(string text)
{
    private const string References = "#/components/schemas/";
    private int _at;

    public static JsonObject Read(string text)
    {
        var reader = new TypeNotation(text);
        var schema = reader.Choice();
        return reader.Rest().Length == 0 ? schema : throw new FormatException($"'{reader.Rest()}' is left over of the type '{text}'.");
    }

    /// <summary>Fields without the braces around them: parameters.</summary>
    public static IReadOnlyList<TypeField> Fields(string text) => new TypeNotation(text).Fields(static _ => false);

    private string Rest() => text[_at..].Trim();

    // A|B is one of the two, A + B both.
    private JsonObject Choice()
    {
        var first = One();
        var sign = Peek();
        if (sign is not ('|' or '+'))
        {
            return first;
        }

        var all = new JsonArray(first);
        while (Take(sign))
        {
            all.Add(One());
        }

        return new JsonObject { [sign == '|' ? "oneOf" : "allOf"] = all };
    }

    private JsonObject One()
    {
        var schema = Bare();
        return Take('?') ? OrNull(schema) : schema;
    }

    private JsonObject Bare()
    {
        if (Take('['))
        {
            var items = One();
            Demand(']');
            return new JsonObject { ["type"] = "array", ["items"] = items };
        }

        return Take('{') ? Object() : Named(Word());
    }

    private JsonObject Object()
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var field in Fields(static sign => sign == '}'))
        {
            properties[field.Name] = field.Schema;
            if (field.IsRequired)
            {
                required.Add(field.Name);
            }
        }

        Demand('}');
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        return schema;
    }

    private List<TypeField> Fields(Predicate<char> isEnd)
    {
        var fields = new List<TypeField>();
        while (Peek() is not '\0' and var next && !isEnd(next))
        {
            var name = Word();
            var isRequired = Take('!');
            Demand(':');
            fields.Add(new TypeField(name, isRequired, One()));
        }

        return fields;
    }

    private JsonObject Named(string word) => word switch
    {
        "string" => Bounded(new JsonObject { ["type"] = "string" }, "minLength", "maxLength"),
        "int" => Bounded(new JsonObject { ["type"] = "integer" }, "minimum", "maximum"),
        "number" => new JsonObject { ["type"] = "number" },
        "bool" => new JsonObject { ["type"] = "boolean" },
        "map" => new JsonObject { ["type"] = "object", ["additionalProperties"] = true },
        "any" => [],
        "enum" => Enumeration(),
        _ => new JsonObject { ["$ref"] = References + word },
    };

    private JsonObject Bounded(JsonObject schema, string least, string most)
    {
        if (!Take('('))
        {
            return schema;
        }

        var end = text.IndexOf(')', _at);
        var bounds = text[_at..end].Split("..");
        _at = end + 1;
        schema[least] = int.Parse(bounds[0], CultureInfo.InvariantCulture);
        schema[most] = int.Parse(bounds[1], CultureInfo.InvariantCulture);
        return schema;
    }

    private JsonObject Enumeration()
    {
        Demand('(');
        var end = text.IndexOf(')', _at);
        var values = text[_at..end].Split('|');
        _at = end + 1;
        return new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(static value => (JsonNode)value)]) };
    }

    private static JsonObject OrNull(JsonObject schema)
    {
        if (schema["type"] is not JsonValue type)
        {
            return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        }

        schema["type"] = new JsonArray(type.GetValue<string>(), "null");
        if (schema["enum"] is JsonArray values)
        {
            values.Add(null);
        }

        return schema;
    }

    private string Word()
    {
        _ = Peek();
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or '-'))
        {
            _at++;
        }

        return _at > start ? text[start.._at] : throw new FormatException($"A word is expected at '{text[start..]}'.");
    }

    private char Peek()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }

        return _at < text.Length ? text[_at] : '\0';
    }

    private bool Take(char sign)
    {
        var found = Peek() == sign;
        _at += found ? 1 : 0;
        return found;
    }

    private void Demand(char sign)
    {
        if (!Take(sign))
        {
            throw new FormatException($"'{sign}' is expected at '{text[_at..]}'.");
        }
    }
}

/// <summary>A field of an object, or a parameter.</summary>
internal sealed record TypeField(string Name, bool IsRequired, JsonObject Schema);
