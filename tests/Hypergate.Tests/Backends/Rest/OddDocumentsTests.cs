using System.Text.Json;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Tests.Backends.Rest;

/// <summary>Documents that say things in seldom ways: what they mean must be what tools take.</summary>
public sealed class OddDocumentsTests
{
    private const string Three = """
        openapi: 3.0.3
        info: { title: Odd, version: "1" }
        servers:
          - url: https://{region}.example.com/{base}/v{ver}
            variables: { region: { default: eu }, base: { default: api }, ver: { default: "2" } }
        components:
          schemas:
            Base: { type: object, required: [id, kind, href], properties: { id: { type: string, readOnly: true }, href: { $ref: '#/components/schemas/Href' }, kind: { type: string }, secret: { type: string, writeOnly: true } } }
            Href: { type: string, readOnly: true }
            Item:
              description: beside
              allOf: [ { $ref: '#/components/schemas/Base' } ]
              properties: { name: { type: string, nullable: true }, parts: { type: array, items: { $ref: '#/components/schemas/Base' } }, again: { $ref: '#/components/schemas/Item' } }
              required: [name, id]
            Pet:
              oneOf: [ { $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' } ]
              discriminator: { propertyName: petType, mapping: { cat: '#/components/schemas/Cat', kitten: Cat } }
            Cat: { type: object, required: [petType], properties: { petType: { type: string }, lives: { type: integer } } }
            Dog: { allOf: [ { type: object, properties: { petType: { type: string } } }, { type: object, properties: { bark: { type: boolean } } } ] }
        paths:
          /items:
            get: { operationId: listItems, tags: [Items], parameters: [ { name: opts, in: query, content: { application/json: { schema: { type: object } } } }, { name: X-Ids, in: header, schema: { type: array, items: { type: integer } } } ], responses: { '200': { description: ok } } }
            post: { operationId: createItem, requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } } }, responses: {} }
          /other/items: { get: { operationId: otherItems, responses: {} } }
          /pets: { post: { operationId: addPet, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }, responses: {} } }
          /vms/{id}/shutdown: { post: { operationId: halt, parameters: [ { name: id, in: path, required: true, schema: { type: string } } ], responses: {} } }
          /vms/{id}/notes: { post: { operationId: note, parameters: [ { name: id, in: path, required: true, schema: { type: string } } ], x-access: dangerous, responses: {} } }
          /find: { post: { operationId: findAll, x-access: read, responses: {} } }
          /wipe: { delete: { operationId: wipeAll, x-access: read, responses: {} } }
        """;

    [Theory]
    [InlineData("""{"kind":"k","name":null}""", true)]
    [InlineData("""{"kind":"k","name":"n","secret":"s","parts":[{"kind":"k"}]}""", true)]
    [InlineData("""{"kind":"k","name":"n","again":{"kind":"k","name":"m"}}""", true)]
    [InlineData("""{"name":"n"}""", false)]
    [InlineData("""{"kind":"k"}""", false)]
    [InlineData("""{"kind":"k","name":"n","parts":[{}]}""", false)]
    [InlineData("""{"kind":"k","name":"n","again":{"name":"m"}}""", false)]
    public async Task What_the_platform_alone_writes_is_asked_of_nobody(string body, bool fits)
    {
        await using var api = RestApi.Of(Three);

        var schema = api.Find("createItem").Body!.Schema;

        Assert.Equal(fits, JsonSchemaCheck.Check(schema, JsonElement.Parse(body)).Count == 0);
        Assert.DoesNotContain("\"href\"", schema.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("readOnly", schema.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"petType":"cat","lives":9}""", true)]
    [InlineData("""{"petType":"kitten"}""", true)]
    [InlineData("""{"petType":"Dog","bark":true}""", true)]
    [InlineData("""{"petType":"Dog","bark":"loud"}""", false)]
    [InlineData("""{"petType":"cat","lives":"many"}""", false)]
    [InlineData("""{"petType":"Cat"}""", false)]
    [InlineData("""{"petType":"fish"}""", false)]
    [InlineData("""{"lives":9}""", false)]
    public async Task A_discriminator_tells_which_form_is_meant(string body, bool fits)
    {
        await using var api = RestApi.Of(Three);

        Assert.Equal(fits, JsonSchemaCheck.Check(api.Find("addPet").Body!.Schema, JsonElement.Parse(body)).Count == 0);
    }

    [Fact]
    public async Task Paths_in_overlays_and_selectors_are_those_of_the_document()
    {
        await using var api = RestApi.Of(
            Three,
            static rest => rest with { ServerVariables = new Dictionary<string, string>(StringComparer.Ordinal) { ["ver"] = "1" }, Exclude = ["path:/other/*"], Include = ["path:/items", "path:/api/v1/pets", "path:/other/*"] },
            overlay: """operations: { GET /items: { name: items, parameters: { opts: { hidden: true }, X-Ids: { name: ids_header } } } }""");

        Assert.Equal("items createItem addPet", string.Join(' ', api.Description.Operations.Select(static operation => operation.Name)));
        Assert.Equal(["ids_header"], api.Find("items").Parameters.Select(static parameter => parameter.Name));
        var request = await api.RequestAsync("items", """{"ids_header":[1,2]}""");
        Assert.Equal("/api/v1/items", request.Target);
        Assert.Equal("1,2", request.Header("X-Ids"));
        Assert.Empty(api.Description.Faults);
    }

    [Fact]
    public async Task What_corrects_chooses_or_leaves_out_nothing_is_told_where_the_gateway_starts()
    {
        await using var api = RestApi.Of(
            Three, static rest => rest with { Exclude = ["tag:Itemz"], Include = ["path:*"] }, overlay: "operations: { createItme: { hidden: true } }");

        Assert.Equal(
            ["The overlay names createItme, which fits no operation. Did you mean createItem?", "rest.exclude holds 'tag:Itemz', which fits no operation of the document."],
            api.Description.Faults);
    }

    [Theory]
    [InlineData("halt", Access.Dangerous)]
    [InlineData("note", Access.Dangerous)]
    [InlineData("findAll", Access.Read)]
    [InlineData("wipeAll", Access.Dangerous)]
    public async Task Classes_go_by_words_and_marks_raise_them(string operation, Access expected)
    {
        await using var api = RestApi.Of(Three);

        Assert.Equal(expected, api.Find(operation).Access);
    }

    [Theory]
    [InlineData("\"ab\"", true)]
    [InlineData("\"abcdef\"", false)]
    [InlineData("\"a\"", false)]
    public async Task What_stands_beside_a_reference_narrows_it(string value, bool fits)
    {
        await using var api = RestApi.Of("""
            {"openapi":"3.1.0","info":{"title":"x","version":"1"},
             "components":{"schemas":{"Word":{"type":"string","minLength":2}}},
             "paths":{"/a":{"post":{"operationId":"a","requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"w":{"$ref":"#/components/schemas/Word","maxLength":4,"description":"here"}}}}}},"responses":{}}}}}
            """);

        var schema = api.Find("a").Body!.Schema;

        Assert.Equal(fits, JsonSchemaCheck.Check(schema, JsonElement.Parse($$"""{"w":{{value}}}""")).Count == 0);
        Assert.Contains("\"here\"", schema.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_of_the_older_format_are_parted_as_it_says_in_every_place()
    {
        await using var api = RestApi.Of("""
            {"swagger":"2.0","info":{"title":"x","version":"1"},
             "paths":{"/p/{ids}/{tabs}":{"get":{"operationId":"g","parameters":[
               {"name":"ids","in":"path","required":true,"type":"array","items":{"type":"integer"},"collectionFormat":"pipes"},
               {"name":"tabs","in":"path","required":true,"type":"array","items":{"type":"string"},"collectionFormat":"tsv"},
               {"name":"X-List","in":"header","type":"array","items":{"type":"string"},"collectionFormat":"ssv"},
               {"name":"q","in":"query","type":"array","items":{"type":"string"},"collectionFormat":"pipes"}],"responses":{}}}}}
            """);

        var request = await api.RequestAsync("g", """{"ids":[1,2],"tabs":["a","b"],"X-List":["a","b"],"q":["x","y"]}""");

        Assert.Equal("/p/1%7C2/a%09b?q=x%7Cy", request.Target);
        Assert.Equal("a b", request.Header("X-List"));
    }

    [Fact]
    public void A_document_that_cannot_be_read_says_where() => Assert.Contains(
        "line 3, column",
        Assert.Throws<Hypergate.Descriptions.DescriptionException>(() => RestApi.Of("openapi: 3.0.0\ninfo: {}\npaths: { /a/{b}, c: { }\n")).Message, StringComparison.Ordinal);
}
