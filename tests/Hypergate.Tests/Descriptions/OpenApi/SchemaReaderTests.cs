namespace Hypergate.Tests.Descriptions.OpenApi;

public class SchemaReaderTests
{
    [Theory]
    [InlineData("""{"type":"string","nullable":true}""", """{"type":["string","null"]}""")]
    [InlineData("""{"type":"string","nullable":false}""", """{"type":"string"}""")]
    [InlineData("""{"type":["string","null"],"nullable":true}""", """{"type":["string","null"]}""")]
    [InlineData("""{"type":"string","enum":["a"],"nullable":true}""", """{"type":["string","null"],"enum":["a",null]}""")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"number"}],"nullable":true}""", """{"anyOf":[{"type":"string"},{"type":"number"},{"type":"null"}]}""")]
    [InlineData("""{"oneOf":[{"type":"string"}],"nullable":true}""", """{"anyOf":[{"oneOf":[{"type":"string"}]},{"type":"null"}]}""")]
    [InlineData("""{"$ref":"#/components/schemas/Text","nullable":true}""", """{"type":["string","null"]}""")]
    [InlineData("""{"nullable":true}""", "{}")]
    public void Nullable_becomes_a_type(string schema, string expected) =>
        Assert.Equal(expected, Documents.Body(schema, "'schemas':{'Text':{'type':'string'}}"));

    [Fact]
    public void References_are_inlined_and_their_own_text_wins()
    {
        var schema = Documents.Body(
            """{"type":"object","properties":{"a":{"$ref":"#/components/schemas/A~1B","description":"Here."},"b":{"$ref":"#/components/schemas/A~1B"}}}""",
            "'schemas':{'A/B':{'type':'string','description':'There.'}}");

        Assert.Equal(
            """{"type":"object","properties":{"a":{"type":"string","description":"Here."},"b":{"type":"string","description":"There."}},"additionalProperties":false}""",
            schema);
    }

    [Fact]
    public void The_same_schema_may_be_used_twice_in_a_row()
    {
        var schema = Documents.Body(
            """{"type":"array","items":{"anyOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/A"}]}}""",
            "'schemas':{'A':{'type':'string'}}");

        Assert.Equal("""{"type":"array","items":{"anyOf":[{"type":"string"},{"type":"string"}]}}""", schema);
    }

    [Fact]
    public void Objects_that_declare_properties_are_closed_and_maps_stay_open()
    {
        var schema = Documents.Body("""
            {"type":"object","properties":{"map":{"type":"object","properties":{},"additionalProperties":{"type":"string"}},
            "any":{"type":"object"},"open":{"type":"object","properties":{"x":{}},"additionalProperties":true}}}
            """);

        Assert.Equal(
            """{"type":"object","properties":{"map":{"type":"object","additionalProperties":{"type":"string"}},"any":{"type":"object"},"open":{"type":"object","properties":{"x":{}},"additionalProperties":true}},"additionalProperties":false}""",
            schema);
    }

    [Fact]
    public void Plain_objects_of_allOf_become_one()
    {
        var schema = Documents.Body("""
            {"allOf":[{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},
            {"type":"object","properties":{"b":{"type":"number"}},"required":["b","a"],"additionalProperties":false}]}
            """);

        Assert.Equal(
            """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"number"}},"required":["a","b"],"additionalProperties":false}""",
            schema);
    }

    [Fact]
    public void A_choice_within_allOf_becomes_a_choice_of_whole_objects()
    {
        var schema = Documents.Body("""
            {"allOf":[{"type":"object","properties":{"a":{}}},{"anyOf":[{"type":"object","properties":{"b":{}}},{"type":"object","properties":{"c":{}}}]}]}
            """);

        Assert.Equal(
            """{"anyOf":[{"type":"object","properties":{"a":{},"b":{}},"additionalProperties":false},{"type":"object","properties":{"a":{},"c":{}},"additionalProperties":false}]}""",
            schema);
    }

    [Fact]
    public void A_choice_beside_properties_is_a_choice_of_whole_objects_too()
    {
        var schema = Documents.Body("""{"type":"object","properties":{"a":{}},"anyOf":[{"required":["a"]},{"properties":{"b":{}}}]}""");

        Assert.Equal(
            """{"anyOf":[{"type":"object","properties":{"a":{}},"required":["a"],"additionalProperties":false},{"type":"object","properties":{"a":{},"b":{}},"additionalProperties":false}]}""",
            schema);
    }

    [Fact]
    public void Parts_of_allOf_that_cannot_be_merged_stay_open()
    {
        var schema = Documents.Body("""{"allOf":[{"type":"object","properties":{"a":{}}},{"type":"object","additionalProperties":{"type":"string"}}]}""");

        Assert.Equal(
            """{"allOf":[{"type":"object","properties":{"a":{}}},{"type":"object","additionalProperties":{"type":"string"}}]}""",
            schema);
    }

    [Fact]
    public void A_lone_member_of_allOf_takes_the_text_beside_it()
    {
        var schema = Documents.Body(
            """{"allOf":[{"$ref":"#/components/schemas/Level"}],"description":"How much.","nullable":true}""",
            "'schemas':{'Level':{'type':'string','enum':['low']}}");

        Assert.Equal("""{"type":["string","null"],"enum":["low",null],"description":"How much."}""", schema);
    }

    [Fact]
    public void A_property_that_two_parts_declare_otherwise_must_fit_both()
    {
        var schema = Documents.Body("""{"allOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"a":{"minLength":2}}}]}""");

        Assert.Equal(
            """{"properties":{"a":{"allOf":[{"type":"string"},{"minLength":2}]}},"additionalProperties":false}""",
            schema);
    }

    [Theory]
    [InlineData("""{"type":"number","format":"double","x-order":1,"xml":{},"example":5}""", """{"type":"number","examples":[5]}""")]
    [InlineData("""{"type":"string","format":"uuid"}""", """{"type":"string","format":"uuid"}""")]
    [InlineData("""{"minimum":1,"exclusiveMinimum":true}""", """{"minimum":1,"exclusiveMinimum":1}""")]
    [InlineData("""{"type":"object","required":["a",5,"a"]}""", """{"type":"object","required":["a"]}""")]
    [InlineData("""{"type":"boolean","required":true,"default":false}""", """{"type":"boolean","default":false}""")]
    [InlineData("""{"type":"string","description":"Generated by a tool."}""", """{"type":"string"}""")]
    [InlineData("""{"type":"array","items":[{"type":"string"}]}""", """{"type":"array","prefixItems":[{"type":"string"}]}""")]
    [InlineData("true", "{}")]
    [InlineData("false", """{"not":{}}""")]
    public void Keywords_are_those_of_json_schema(string schema, string expected) => Assert.Equal(expected, Documents.Body(schema));

    [Fact]
    public void Examples_are_kept_unless_they_contradict_the_schema()
    {
        var schema = """{"type":"object","properties":{"n":{"type":"number"}}}""";

        Assert.EndsWith(",\"examples\":[{\"n\":1}]}", Body("'example':{'n':1}"), StringComparison.Ordinal);
        Assert.EndsWith(",\"examples\":[{\"n\":1},{\"n\":2}]}", Body("'examples':{'a':{'value':{'n':1}},'b':{'value':{'n':2}}}"), StringComparison.Ordinal);
        Assert.DoesNotContain("examples", Body("'example':{'n':'1'}"), StringComparison.Ordinal);
        Assert.DoesNotContain("examples", Body("'example':{'m':1}"), StringComparison.Ordinal);

        string Body(string example) => Documents.One(
            $"'requestBody':{{'content':{{'application/json':{{'schema':{schema},{example}}}}}}}").Body!.Schema.GetRawText();
    }
}
