using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Schemas;

namespace Hypergate.Tests.Schemas;

/// <summary>Random schemas with values made to fit them, then broken in one place; and schemas and values of pure noise.</summary>
public class JsonSchemaPropertyTests
{
    private const int Rounds = 2_000;

    [Fact]
    public void A_value_made_after_its_schema_fits_it()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var (schema, value) = new Sample(seed).Object(3);

            Assert.Empty(Check(schema, value));
        }
    }

    [Fact]
    public void A_missing_an_unknown_and_a_wrong_property_are_found_where_they_are()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var (schema, value) = new Sample(seed).Object(3);
            var broken = value.AsObject();
            var name = broken.First().Key;
            var (expected, path) = (seed % 3) switch
            {
                0 => (Remove(broken, name), name),
                1 => (Set(broken, "unheard_of", 1), "unheard_of"),
                _ => (Set(broken, name, schema["properties"]![name]!["type"]!.GetValue<string>() == "boolean" ? "text" : true), name),
            };

            var fault = Assert.Single(Check(schema, broken));
            Assert.Equal(path, fault.Path);
            Assert.StartsWith(expected, fault.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Noise_never_throws_and_a_schema_and_its_negation_never_both_fit()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var sample = new Sample(seed);
            var (schema, value) = (sample.Noise(4), sample.Noise(4));

            var fits = Check(schema, value).Count == 0;
            var negationFits = Check(new JsonObject { ["not"] = schema?.DeepClone() }, value).Count == 0;

            Assert.False(fits && negationFits, $"seed {seed}");
        }
    }

    private static string Remove(JsonObject value, string name)
    {
        value.Remove(name);
        return "is required";
    }

    private static string Set(JsonObject value, string name, JsonNode wrong)
    {
        value[name] = wrong;
        return name == "unheard_of" ? "is not a known property" : "must be ";
    }

    private static IReadOnlyList<SchemaFault> Check(JsonNode? schema, JsonNode? value) =>
        JsonSchemaCheck.Check(JsonSerializer.SerializeToElement(schema), JsonSerializer.SerializeToElement(value));

    private sealed class Sample(int seed)
    {
        private static readonly string[] Keywords =
        [
            "type", "enum", "const", "required", "properties", "additionalProperties", "items", "prefixItems", "anyOf", "oneOf", "allOf",
            "not", "minimum", "multipleOf", "minLength", "pattern", "minItems", "uniqueItems", "$ref", "format", "patternProperties",
        ];

        private readonly Random _random = new(seed);

        public (JsonNode Schema, JsonNode Value) Object(int depth)
        {
            var (properties, value, required) = (new JsonObject(), new JsonObject(), new JsonArray());
            for (var index = _random.Next(1, 5); index > 0; index--)
            {
                var (schema, child) = Any(depth - 1);
                properties[$"field_{index}"] = schema;
                value[$"field_{index}"] = child;
                required.Add($"field_{index}");
            }

            var whole = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required };
            whole["additionalProperties"] = false;
            return (whole, value);
        }

        public JsonNode? Noise(int depth) => _random.Next(depth > 0 ? 9 : 6) switch
        {
            0 => null,
            1 => _random.Next(2) == 0,
            2 => _random.Next(-3, 4) * 0.5,
            3 => Keywords[_random.Next(Keywords.Length)],
            4 => new[] { "string", "object", "array", "integer", "#", "#/properties", "^a*$", "(", "\\" }[_random.Next(9)],
            5 => "",
            6 => new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Noise(depth - 1))]),
            _ => new JsonObject(Enumerable.Range(0, _random.Next(5))
                .Select(_ => Keywords[_random.Next(Keywords.Length)]).Distinct(StringComparer.Ordinal)
                .Select(name => KeyValuePair.Create(name, Noise(depth - 1)))),
        };

        private (JsonNode Schema, JsonNode Value) Any(int depth) => _random.Next(depth > 0 ? 6 : 4) switch
        {
            0 => (new JsonObject { ["type"] = "boolean" }, _random.Next(2) == 0),
            1 => Integer(),
            2 => (new JsonObject { ["type"] = "string", ["minLength"] = 1, ["pattern"] = "^[a-z]+$" }, "abc"),
            3 => (new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("a", "b") }, "b"),
            4 => Array(depth),
            _ => Object(depth),
        };

        private (JsonNode Schema, JsonNode Value) Integer()
        {
            var value = _random.Next(-1000, 1000);
            return (new JsonObject { ["type"] = "integer", ["minimum"] = value, ["exclusiveMaximum"] = value + 1 }, value);
        }

        private (JsonNode Schema, JsonNode Value) Array(int depth)
        {
            var (schema, value) = Any(depth - 1);
            return (new JsonObject { ["type"] = "array", ["items"] = schema, ["minItems"] = 2, ["maxItems"] = 2 }, new JsonArray(value, value.DeepClone()));
        }
    }
}
