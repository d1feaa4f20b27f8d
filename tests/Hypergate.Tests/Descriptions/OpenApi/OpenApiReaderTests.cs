using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Tests.Descriptions.OpenApi;

public class OpenApiReaderTests
{
    [Fact]
    public void An_operation_is_read_whole()
    {
        var operation = Documents.One("""
            "description":"Changes <b>it</b>.\n\nAt once.","x-advice":"confirm","deprecated":true,
            "parameters":[{"in":"query","name":"count","example":5,"schema":{"type":"number"}},{"in":"query","name":"stream","schema":{"type":"boolean"}},
            {"in":"query","name":"mode","required":true,"description":"Which way.","schema":{"type":"string","enum":["a","b"],"default":"a"}}],
            "responses":{"204":{"description":"Done"}}
            """);

        Assert.Equal(("ChangeThing", "ChangeThing", "things", "Change thing"), (operation.Name, operation.DeclaredName, operation.Domain, operation.Title));
        Assert.Equal("Changes <b>it</b>. At once.", operation.Description);
        Assert.Equal(("POST", "/things/{id}"), (operation.Method, operation.Path));
        Assert.Equal((Access.Write, Exposure.Confirm, true, ResultShape.Nothing), (operation.Access, operation.Exposure, operation.Deprecated, operation.Result));
        Assert.Equal("id count mode", string.Join(' ', operation.Parameters.Select(static parameter => parameter.Name)));
        Assert.Equal("stream", Assert.Single(operation.Switches));
        Assert.Null(operation.Body);
    }

    [Fact]
    public void A_standard_parameter_has_our_text_and_schema()
    {
        var operation = Documents.One("'parameters':[{'in':'query','name':'count','example':5,'schema':{'type':'number'}}]");

        Assert.Equal("Id of the thing.", operation.Parameters[0].Description);
        Assert.Equal("""{"type":"string"}""", operation.Parameters[0].Schema.GetRawText());
        Assert.Equal("How many.", operation.Parameters[1].Description);
        Assert.Equal("""{"type":"integer","minimum":1,"examples":[5]}""", operation.Parameters[1].Schema.GetRawText());
    }

    [Fact]
    public void A_text_of_the_document_goes_before_ours()
    {
        var operation = Documents.One("'parameters':[{'in':'query','name':'count','description':'Theirs.'}]");

        Assert.Equal("Theirs.", operation.Parameters[1].Description);
    }

    [Fact]
    public void An_operations_parameter_stands_for_that_of_its_path()
    {
        var operation = Documents.One("'parameters':[{'in':'path','name':'id','required':true,'schema':{'type':'integer'}}]", "get");

        Assert.Equal("integer", Assert.Single(operation.Parameters).Schema.GetProperty("type").GetString());
    }

    [Fact]
    public void Path_parameters_come_in_the_order_of_the_path()
    {
        var description = Documents.Read(
            "'/a/{x}/b/{id}':{'get':{'operationId':'Get','parameters':[{'in':'query','name':'q'},{'in':'path','name':'id'},{'in':'path','name':'x'}]}}");

        var operation = Assert.Single(description.Operations);
        Assert.Equal("x id q", string.Join(' ', operation.Parameters.Select(static parameter => parameter.Name)));
        Assert.Equal([true, true, false], operation.Parameters.Select(static parameter => parameter.Required));
    }

    [Fact]
    public void Parameters_and_bodies_may_be_references()
    {
        var operation = Documents.One(
            "'parameters':[{'$ref':'#/components/parameters/Q'}],'requestBody':{'$ref':'#/components/requestBodies/B'}",
            components: "'parameters':{'Q':{'in':'query','name':'q'}},'requestBodies':{'B':{'content':{'application/json':{'schema':{'type':'string'}}}}}");

        Assert.Equal("q", operation.Parameters[1].Name);
        Assert.Equal("string", operation.Body!.Schema.GetProperty("type").GetString());
        Assert.False(operation.Body.Required);
    }

    [Theory]
    [InlineData("'summary':'change the thing.'", "Change the thing")]
    [InlineData("'summary':'  '", "Change thing")]
    public void A_summary_is_the_title(string inside, string title) => Assert.Equal(title, Documents.One(inside).Title);

    [Fact]
    public void An_operation_without_a_name_gets_one_from_method_and_path()
    {
        var description = Documents.Read("'/pets/all':{'get':{}}");

        Assert.Equal("GetPetsAll", Assert.Single(description.Operations).Name);
    }

    [Theory]
    [InlineData("'x-advice':'allow'", Exposure.Allow)]
    [InlineData("'x-advice':'confirm'", Exposure.Confirm)]
    [InlineData("'x-advice':'deny'", Exposure.Deny)]
    [InlineData("'x-advice':'perhaps'", Exposure.Deny)]
    [InlineData("'x-advice':true", Exposure.Deny)]
    [InlineData("", Exposure.Unmarked)]
    public void Unknown_advice_counts_as_deny(string inside, Exposure exposure) => Assert.Equal(exposure, Documents.One(inside).Exposure);

    [Fact]
    public void A_document_without_any_advice_is_told()
    {
        Assert.Contains("no x-advice marks", Assert.Single(Documents.Read(Documents.Path("")).Warnings), StringComparison.Ordinal);
        Assert.Empty(Documents.Read(Documents.Path("'x-advice':'allow'")).Warnings);
    }

    [Fact]
    public void Statistics_are_known_by_their_path_and_allowed_because_they_are_summarised()
    {
        var operation = Assert.Single(Documents.Read("'/a/series':{'get':{'operationId':'Get','x-advice':'deny'}}").Operations);

        Assert.Equal((ResultShape.Statistics, Exposure.Allow), (operation.Result, operation.Exposure));
    }

    [Theory]
    [InlineData("'responses':{'200':{'content':{'application/json':{'schema':{'type':'array','items':{'properties':{'a':{}}}}}}}}", ResultShape.List)]
    [InlineData("'responses':{'200':{'content':{'application/json':{'schema':{'anyOf':[{'type':'array','items':{}},{'type':'string'}]}}}}}", ResultShape.One)]
    [InlineData("'parameters':[{'in':'query','name':'columns'}]", ResultShape.List)]
    [InlineData("'responses':{'202':{},'204':{}}", ResultShape.One)]
    [InlineData("'responses':{'204':{},'404':{'content':{'application/json':{}}}}", ResultShape.Nothing)]
    [InlineData("'responses':{'200':{}}", ResultShape.One)]
    [InlineData("", ResultShape.One)]
    public void The_shape_follows_from_the_answers(string inside, ResultShape shape) => Assert.Equal(shape, Documents.One(inside).Result);

    [Fact]
    public void Default_fields_come_from_the_first_example_object()
    {
        var operation = List("""
            "examples":{"a":{"value":["/x/1"]},"b":{"value":[{"label":"l","link":"/x/1","odd":1}]}},
            """);

        Assert.Equal("label odd key", string.Join(' ', operation.DefaultFields));
        Assert.Equal("key label size odd", string.Join(' ', operation.KnownFields));
    }

    [Fact]
    public void Without_an_example_the_usual_fields_are_asked_for_as_far_as_they_exist() =>
        Assert.Equal("key label", string.Join(' ', List("").DefaultFields));

    [Fact]
    public void Without_a_way_to_choose_there_are_no_default_fields()
    {
        var operation = Documents.One(
            "'responses':{'200':{'content':{'application/json':{'schema':{'type':'array','items':{'properties':{'a':{},'link':{}}}}}}}}",
            "get");

        Assert.Empty(operation.DefaultFields);
        Assert.Equal("a", Assert.Single(operation.KnownFields));
    }

    [Fact]
    public void An_answer_whose_schema_is_broken_does_not_cost_the_operation() =>
        Assert.Empty(Documents.One("'responses':{'200':{'content':{'application/json':{'schema':{'$ref':'#/nowhere'}}}}}").KnownFields);

    [Theory]
    [InlineData("'requestBody':{'content':{'application/octet-stream':{}}}", "takes application/octet-stream, not JSON")]
    [InlineData("'requestBody':{'content':{'text/plain':{}}}", "takes text, not JSON")]
    [InlineData("'responses':{'200':{'content':{'image/png':{}}}}", "answers with image/png, not JSON")]
    public void What_is_not_json_is_not_offered(string inside, string reason)
    {
        var description = Documents.Read(Documents.Path(inside));

        Assert.Equal(reason, Assert.Single(description.Dropped).Reason);
        Assert.DoesNotContain(description.Warnings, static warning => warning.Contains("left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_answers_are_offered() =>
        Assert.Equal("ChangeThing", Documents.One("'responses':{'200':{'content':{'text/plain':{}}}}").Name);

    [Fact]
    public void Excluded_routes_have_their_reason()
    {
        var dropped = Assert.Single(Documents.Read("'/files/a.bin':{'get':{'operationId':'Download'}}").Dropped);

        Assert.Equal(new DroppedOperation(new Route("Download", "GET", "/files/a.bin"), "is a file"), dropped);
    }

    [Theory]
    [InlineData("'/a/{x}':{'get':{}}", "names {x}, which is not declared")]
    [InlineData("'/a/{x':{'get':{}}", "braces")]
    [InlineData("'/a/{}':{'get':{}}", "braces")]
    [InlineData("'/a/x}':{'get':{}}", "braces")]
    [InlineData("'/{x}/{x}':{'get':{'parameters':[{'in':'path','name':'x'}]}}", "twice")]
    [InlineData("'a':{'get':{}}", "slash")]
    [InlineData("'//other.example/a':{'get':{}}", "empty or dotted")]
    [InlineData("'/a/../b':{'get':{}}", "empty or dotted")]
    [InlineData("'/a/%2e%2e/b':{'get':{}}", "characters")]
    [InlineData("'/a?b=c':{'get':{}}", "characters")]
    [InlineData("'/a\\\\b':{'get':{}}", "characters")]
    [InlineData("'/a\\u0000':{'get':{}}", "")]
    [InlineData("'/a':{'get':{'parameters':{}}}", "not a list")]
    [InlineData("'/a':{'get':{'parameters':[{'in':'query'}]}}", "no name")]
    [InlineData("'/a':{'get':{'parameters':[5]}}", "no name")]
    [InlineData("'/a':{'get':{'parameters':[{'in':'header','name':'X-Key','required':true}]}}", "needs the header parameter X-Key")]
    [InlineData("'/a':{'get':{'parameters':[{'in':'query','name':'__proto__','required':true}]}}", "cannot be an argument")]
    [InlineData("'/a':{'get':{'parameters':[{'in':'query','name':'q','schema':5}]}}", "not an object")]
    [InlineData("'/a':{'get':5}", "not an object")]
    [InlineData("'/a':5", "does not hold an object")]
    [InlineData("'/a':{'head':{}}", "HEAD is not offered")]
    [InlineData("'/a':{'$ref':'#/nowhere'}", "does not exist")]
    public void An_operation_that_makes_no_sense_is_dropped_and_the_rest_stays(string path, string reason)
    {
        var description = Documents.Read($"{path},{Documents.Path("")}");

        if (reason.Length > 0)
        {
            Assert.Contains(reason, Assert.Single(description.Dropped).Reason, StringComparison.Ordinal);
        }

        Assert.Contains(description.Operations, static operation => operation.Name == "ChangeThing");
    }

    [Fact]
    public void A_broken_operation_is_a_warning()
    {
        var good = Documents.Path("'x-advice':'allow'");
        var warnings = Documents.Read($"'/a/{{x}}':{{'get':{{'operationId':'GetA'}}}},{good}").Warnings;

        Assert.Contains("GetA (GET /a/{x}) was left out", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Optional_header_parameters_and_odd_query_names_are_left_out()
    {
        var description = Documents.Read(Documents.Path("""
            "x-advice":"allow","parameters":[{"in":"header","name":"X-Trace"},{"in":"query","name":"filter[a]"},{"in":"query","name":"body"},{"in":"query","name":"id"}]
            """));

        Assert.Equal("id", Assert.Single(Assert.Single(description.Operations).Parameters).Name);
        Assert.Equal(3, description.Warnings.Count);
    }

    private static Operation List(string examples) => Documents.One(
        $"'parameters':[{{'in':'query','name':'columns'}}],'responses':{{'200':{{'content':{{'application/json':{{{examples} 'schema':{{'anyOf':[{{'type':'array','items':{{'type':'string'}}}},{{'type':'array','items':{{'$ref':'#/components/schemas/Row'}}}}]}}}}}}}}}}",
        "get",
        "'schemas':{'Row':{'allOf':[{'properties':{'key':{},'label':{}}},{'properties':{'size':{},'link':{}}}]}}");
}
