using System.Text.Json;
using Hypergate.Schemas;

namespace Hypergate.Tests.Schemas;

public class JsonSchemaCheckTests
{
    public static TheoryData<string, string> Fitting => new()
    {
        { """{}""", """{"any":["thing"]}""" },
        { """true""", "1" },
        { """{"type":"integer"}""", "1.0" },
        { """{"type":"integer"}""", "1e3" },
        { """{"type":"number"}""", "3" },
        { """{"type":["string","null"]}""", "null" },
        { """{"type":"no-such-type"}""", "1" },
        { """{"enum":[1,"a",{"b":[1]}]}""", """{"b":[1.0]}""" },
        { """{"const":{"a":1,"b":2}}""", """{"b":2,"a":1}""" },
        { """{"minLength":1,"maxLength":1}""", "\"\U0001F600\"" },
        { """{"pattern":"b"}""", "\"abc\"" },
        { """{"pattern":"(unclosed"}""", "\"abc\"" },
        { """{"pattern":5,"minLength":-1,"required":"a","properties":[],"items":7,"anyOf":[]}""", """{"b":1}""" },
        { """{"minimum":1,"maximum":1}""", "1.0" },
        { """{"multipleOf":0.01}""", "4.35" },
        { """{"multipleOf":0}""", "4.35" },
        { """{"minimum":9007199254740993}""", "9007199254740993" },
        { """{"prefixItems":[{"type":"string"}],"items":{"type":"integer"}}""", """["a",1,2]""" },
        { """{"prefixItems":[{"type":"string"}],"items":false}""", """["a"]""" },
        { """{"uniqueItems":true}""", """[1,"1",true,[1],{"a":1}]""" },
        { """{"additionalProperties":{"type":"string"},"properties":{"n":{"type":"integer"}}}""", """{"n":1,"x":"y"}""" },
        { """{"additionalProperties":false,"patternProperties":{"^x-":true}}""", """{"x-a":1}""" },
        { """{"anyOf":[{"type":"string"},{"minimum":5}]}""", "7" },
        { """{"oneOf":[{"type":"string"},{"minimum":5}]}""", "7" },
        { """{"allOf":[{"minimum":5},{"maximum":9}]}""", "7" },
        { """{"not":{"type":"string"}}""", "7" },
        { """{"$ref":"#/$defs/a~1b%20c","$defs":{"a/b c":{"type":"string"}}}""", "\"x\"" },
        { """{"properties":{"child":{"$ref":"#"}},"additionalProperties":false}""", """{"child":{"child":{}}}""" },
        { """{"format":"uuid"}""", "\"no uuid\"" },
    };

    public static TheoryData<string, string, string, string> Faulty => new()
    {
        { """false""", "1", "", "is not allowed here" },
        { """{"type":"integer"}""", "\"abc\"", "", "must be integer, but is string \"abc\"" },
        { """{"type":"integer"}""", "1.5", "", "must be integer, but is number 1.5" },
        { """{"type":"integer"}""", "1.00000000000000000001", "", "must be integer, but is number 1.00000000000000000001" },
        { """{"type":["string","null"]}""", "true", "", "must be string or null, but is boolean true" },
        { """{"type":"string","format":"uuid"}""", "{}", "", "must be string (uuid), but is object" },
        { """{"enum":["Running","Halted"]}""", "\"running\"", "", "must be one of \"Running\", \"Halted\", but is string \"running\"; did you mean 'Running'?" },
        { """{"enum":[]}""", "1", "", "is not allowed here, but is integer 1" },
        { """{"multipleOf":0.123456789}""", "1e308", "", "must be a multiple of 0.123456789, but is 1e308" },
        { """{"const":5}""", "6", "", "must be 5, but is integer 6" },
        { """{"required":["name_label"]}""", "{}", "name_label", "is required" },
        { """{"properties":{"name_label":true},"additionalProperties":false}""", """{"nameLabel":1}""", "nameLabel", "is not a known property; did you mean 'name_label'?" },
        { """{"properties":{"a":true,"b":true},"additionalProperties":false}""", """{"__proto__":1}""", "__proto__", "is not a known property; known are a, b" },
        { """{"properties":{},"additionalProperties":false}""", """{"constructor":1}""", "constructor", "is not a known property; none is known here" },
        { """{"properties":{"body":{"properties":{"tags":{"items":{"type":"string"}}}}}}""", """{"body":{"tags":["a",1]}}""", "body.tags[1]", "must be string, but is integer 1" },
        { """{"additionalProperties":{"type":"string"}}""", """{"a b":1}""", "[\"a b\"]", "must be string, but is integer 1" },
        { """{"minimum":1}""", "0", "", "must be at least 1, but is 0" },
        { """{"exclusiveMinimum":1}""", "1", "", "must be greater than 1, but is 1" },
        { """{"maximum":1}""", "2", "", "must be at most 1, but is 2" },
        { """{"exclusiveMaximum":9007199254740993}""", "9007199254740993", "", "must be less than 9007199254740993, but is 9007199254740993" },
        { """{"multipleOf":5}""", "7", "", "must be a multiple of 5, but is 7" },
        { """{"minLength":1}""", "\"\"", "", "must not be empty" },
        { """{"minLength":2}""", "\"\U0001F600\"", "", "must have at least 2 characters, but has 1" },
        { """{"maxLength":1}""", "\"ab\"", "", "must have at most 1 character, but has 2" },
        { """{"pattern":"^[a-z]+$"}""", "\"abc\\n\"", "", "must match the pattern ^[a-z]+$, but is string \"abc\\n\"" },
        { """{"minItems":1}""", "[]", "", "must have at least 1 item, but has 0" },
        { """{"maxItems":1}""", "[1,2]", "", "must have at most 1 item, but has 2" },
        { """{"uniqueItems":true}""", """[{"a":1},2,{"a":1.0}]""", "[2]", "must not be in the list twice" },
        { """{"prefixItems":[true],"items":false}""", "[1,2]", "[1]", "is not allowed here" },
        { """{"not":{"type":"string"}}""", "\"a\"", "", "must be something else, but is string \"a\"" },
        { """{"oneOf":[{"minimum":1},{"minimum":2}]}""", "3", "", "must fit exactly one of 2 forms, but fits 2" },
        { """{"anyOf":[{"type":"string"},{"type":"integer"}]}""", "true", "", "must be string or integer, but is boolean true" },
        { """{"$ref":"#/$defs/gone"}""", "1", "", "cannot be checked: its schema refers to \"#/$defs/gone\", which is not there" },
        { """{"$ref":"https://example.com/schema"}""", "1", "", "cannot be checked: its schema refers to \"https://example.com/schema\", which is not there" },
        { """{"$ref":"#"}""", "1", "", "cannot be checked: its schema goes too deep" },
        { """{"not":{"$ref":"#/$defs/gone"}}""", "1", "", "cannot be checked: its schema refers to \"#/$defs/gone\", which is not there" },
        { """{"pattern":"\ud800"}""", "\"a\"", "", "cannot be checked: its schema is not valid Unicode text" },
        { """{}""", """{"a":1,"a":2}""", "a", "is given twice" },
        { """{}""", """{"a":[{"b":1,"\u0062":2}]}""", "a[0].b", "is given twice" },
        { """{}""", """["\ud800"]""", "[0]", "is not valid Unicode text" },
        { """{}""", """{"\ud800":1}""", "", "has a property whose name is not valid Unicode text" },
    };

    [Theory]
    [MemberData(nameof(Fitting))]
    public void A_value_that_fits_has_no_fault(string schema, string value) => Assert.Empty(Check(schema, value));

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_fault_says_where_and_what(string schema, string value, string path, string problem) =>
        Assert.Equal([new SchemaFault(path, problem)], Check(schema, value));

    [Fact]
    public void All_faults_are_told_in_the_order_of_the_value_up_to_the_number_asked_for()
    {
        const string Schema = """{"required":["c"],"additionalProperties":{"type":"string"}}""";

        Assert.Equal("a b c", Paths(Check(Schema, """{"a":1,"b":2}""")));
        Assert.Equal("a b", Paths(Check(Schema, """{"a":1,"b":2}""", 2)));
        Assert.Single(Check(Schema, """{"a":1,"b":2}""", 0));
    }

    [Fact]
    public void Of_several_forms_the_closest_is_explained()
    {
        const string Schema = """
            {"oneOf":[
              {"properties":{"kind":{"const":"disk"},"size":{"type":"integer"}},"required":["kind","size"],"additionalProperties":false},
              {"properties":{"kind":{"const":"network"},"bridge":{"type":"string"}},"required":["kind","bridge"],"additionalProperties":false},
              {"type":"null"}]}
            """;

        Assert.Equal(
            [new SchemaFault("bridge", "must be string, but is integer 5 (in the closest of 2 forms)")],
            Check(Schema, """{"kind":"network","bridge":5}"""));
        Assert.Equal(
            [new SchemaFault("", "must be one of \"a\", \"b\", but is string \"c\"")],
            Check("""{"anyOf":[{"type":"integer"},{"enum":["a","b"],"type":"string"}]}""", "\"c\""));
    }

    [Fact]
    public void A_name_that_is_there_already_is_not_proposed() =>
        Assert.Equal(
            [new SchemaFault("names", "is not a known property; known are name")],
            Check("""{"properties":{"name":true},"additionalProperties":false}""", """{"name":1,"names":2}"""));

    [Fact]
    public void A_pattern_that_takes_too_long_does_not_pass_and_does_not_hang()
    {
        var fault = Assert.Single(Check("""{"pattern":"^(a|aa)+$"}""", $"\"{new string('a', 5000)}!\""));

        Assert.Equal("could not be matched in time with the pattern ^(a|aa)+$", fault.Problem);
    }

    [Fact]
    public void A_schema_that_multiplies_itself_is_given_up()
    {
        const string Doubling = """{"$defs":{"a":{"allOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/a"}]}},"$ref":"#/$defs/a"}""";
        const string Alternatives = """{"anyOf":[{"$ref":"#"},{"$ref":"#"},{"$ref":"#"}]}""";

        Assert.NotEmpty(Check(Doubling, "1"));
        Assert.NotEmpty(Check(Alternatives, "1"));
    }

    [Fact]
    public void Nesting_has_a_limit_whatever_the_schema_says()
    {
        Assert.Empty(Check("true", Nested(64)));
        Assert.Contains("nested more than 64 levels deep", Check("true", Nested(65))[0].Problem, StringComparison.Ordinal);
        Assert.Single(Check("true", Nested(10_000)));

        static string Nested(int depth) => new string('[', depth) + new string(']', depth);
    }

    [Fact]
    public void Long_values_and_names_are_cut_in_messages()
    {
        var fault = Assert.Single(Check("""{"additionalProperties":{"type":"integer"}}""", $$"""{"{{new string('n', 500)}}":"{{new string('v', 500)}}"}"""));

        Assert.True(fault.Path.Length < 120);
        Assert.True(fault.Problem.Length < 120);
    }

    private static string Paths(IEnumerable<SchemaFault> faults) => string.Join(' ', faults.Select(static fault => fault.Path));

    private static IReadOnlyList<SchemaFault> Check(string schema, string value, int maxFaults = 20)
    {
        var options = new JsonDocumentOptions { MaxDepth = 100_000 };
        using var schemaDocument = JsonDocument.Parse(schema, options);
        using var valueDocument = JsonDocument.Parse(value, options);
        return JsonSchemaCheck.Check(schemaDocument.RootElement, valueDocument.RootElement, maxFaults);
    }
}
