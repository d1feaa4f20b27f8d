using System.Text.Json;
using Hypergate.Schemas;

namespace Hypergate.Tests.Backends.Rest;

/// <summary>The <c>encoding</c> of forms, as OpenAPI 3.0 and 3.1 have it.</summary>
public sealed class RestEncodingTests
{
    private const string Fields = """
        "type":"object","properties":{"note":{"type":"string"},"metadata":{"type":"object"},"history":{"type":"object","description":"What was."},"rows":{"type":"array","items":{"type":"string"}},"picture":{},"ids":{"type":"array","items":{"type":"integer"}},"filter":{"type":"object"}}
        """;

    private static readonly string[] Boundary = ["--"];

    [Theory]
    [InlineData("metadata", """{"a":"b"}""", "application/vnd.meta+json", """{"a":"b"}""")]
    [InlineData("note", "\"n\"", "application/json", "\"n\"")]
    [InlineData("note", "\"{\\\"a\\\":1}\"", "application/json", """{"a":1}""")]
    [InlineData("note", "\"a;b\"", "text/csv; charset=utf-8", "a;b")]
    [InlineData("history", "\"<h/>\"", "application/xml; charset=utf-8", "<h/>")]
    public async Task A_part_has_the_type_of_its_encoding_and_is_written_as_that(string field, string value, string type, string text)
    {
        await using var api = Api("multipart/form-data", $$"""{"{{field}}":{"contentType":"{{type}}"} }""");

        var body = (await api.RequestAsync("up", $$"""{"body":{"{{field}}":{{value}} } }""")).Body;

        Assert.Equal($"Content-Disposition: form-data; name=\"{field}\"\r\nContent-Type: {type}\r\n\r\n{text}", Assert.Single(PartsOf(body)));
    }

    [Theory]
    [InlineData("image/png, image/jpeg", "data:image/jpeg;base64,eHl6", "image/jpeg")]
    [InlineData("image/png, image/jpeg", "xyz", "image/png")]
    [InlineData("image/*", "xyz", "application/octet-stream")]
    [InlineData("image/*", "data:image/webp;base64,eHl6", "image/webp")]
    public async Task A_part_whose_encoding_is_of_a_file_is_one(string types, string value, string type)
    {
        await using var api = Api("multipart/form-data", $$"""{"picture":{"contentType":"{{types}}"} }""");

        var body = (await api.RequestAsync("up", $$"""{"body":{"picture":"{{value}}"} }""")).Body;

        Assert.Equal($"Content-Disposition: form-data; name=\"picture\"; filename=\"picture\"\r\nContent-Type: {type}\r\n\r\nxyz", Assert.Single(PartsOf(body)));
    }

    [Fact]
    public async Task Each_item_of_a_list_is_a_part_of_the_declared_type()
    {
        await using var api = Api("multipart/form-data", """{"rows":{"contentType":"text/csv"}}""");

        var parts = PartsOf((await api.RequestAsync("up", """{"body":{"rows":["a;b","c;d"]}}""")).Body);

        Assert.Equal(["a;b", "c;d"], parts.Select(static part => part.Split("Content-Disposition: form-data; name=\"rows\"\r\nContent-Type: text/csv\r\n\r\n")[1]));
    }

    [Fact]
    public async Task A_part_carries_the_headers_whose_values_the_document_says()
    {
        await using var api = Api("multipart/form-data", """
            {"note":{"headers":{"X-Fixed":{"schema":{"type":"integer","default":7}},"X-Kind":{"$ref":"#/components/headers/Kind"},"X-Open":{"required":true,"schema":{"type":"string"}},
            "Content-Type":{"schema":{"default":"a/b"}},"X-Evil":{"schema":{"default":"a\r\nX-Other: b"}},"X Bad":{"schema":{"default":"a"}}}}}
            """);

        var body = (await api.RequestAsync("up", """{"body":{"note":"n"}}""")).Body;

        Assert.Equal("Content-Disposition: form-data; name=\"note\"\r\nContent-Type: text/plain; charset=utf-8\r\nX-Fixed: 7\r\nX-Kind: k\r\n\r\nn", Assert.Single(PartsOf(body)));
        Assert.Contains(api.Description.Warnings, static warning => warning.Contains("part note", StringComparison.Ordinal) && warning.Contains("X-Open", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("3.1.0", new[] { "ids=1,2", "filter[a]=x & y", "filter[b]=2" })]
    [InlineData("3.0.3", new[] { "ids=1", "ids=2", "filter={\"a\":\"x & y\",\"b\":2}" })]
    public async Task Styles_count_for_parts_where_the_version_of_the_document_knows_them(string version, string[] expected)
    {
        await using var api = Api("multipart/form-data", """{"ids":{"explode":false},"filter":{"style":"deepObject","explode":true,"contentType":"text/xml"}}""".Replace(version == "3.0.3" ? ",\"contentType\":\"text/xml\"" : "\0", "", StringComparison.Ordinal), version);

        var parts = PartsOf((await api.RequestAsync("up", """{"body":{"ids":[1,2],"filter":{"a":"x & y","b":2}}}""")).Body);

        Assert.Equal(expected, parts.Select(static part => $"{part.Split("name=\"")[1].Split('"')[0]}={part.Split("\r\n\r\n")[1]}"));
    }

    [Fact]
    public async Task A_field_of_a_plain_form_whose_encoding_is_json_is_json_as_a_whole()
    {
        await using var api = Api("application/x-www-form-urlencoded", """{"rows":{"contentType":"application/json"},"note":{"contentType":"application/json","headers":{"X-A":{"schema":{"default":"a"}}}},"ids":{"contentType":"application/json","explode":true}}""");

        var body = (await api.RequestAsync("up", """{"body":{"rows":["a","b"],"note":"n","ids":[1,2]}}""")).Body;

        Assert.Equal("rows=[\"a\",\"b\"]&note=\"n\"&ids=1&ids=2", Uri.UnescapeDataString(body));
    }

    [Fact]
    public async Task An_object_that_goes_as_no_json_is_asked_for_as_a_text()
    {
        await using var api = Api("multipart/form-data", """{"history":{"contentType":"application/xml"}}""");
        var schema = api.Find("up").Body!.Schema;

        Assert.Empty(JsonSchemaCheck.Check(schema, JsonElement.Parse("""{"history":"<h/>","metadata":{}}""")));
        Assert.NotEmpty(JsonSchemaCheck.Check(schema, JsonElement.Parse("""{"history":{}}""")));
        Assert.Equal("What was. A text of application/xml.", schema.GetProperty("properties").GetProperty("history").GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_list_in_a_form_with_files_of_swagger_2_is_joined_as_its_collectionFormat_says()
    {
        await using var api = RestApi.Of("""
            {"swagger":"2.0","info":{"title":"t","version":"1"},"paths":{"/x":{"post":{"operationId":"up","consumes":["multipart/form-data"],"parameters":[
            {"name":"file","in":"formData","type":"file"},{"name":"c","in":"formData","type":"array","items":{"type":"string"}},{"name":"m","in":"formData","type":"array","items":{"type":"string"},"collectionFormat":"multi"}],"responses":{}}}}}
            """);

        var parts = PartsOf((await api.RequestAsync("up", """{"body":{"c":["1","2"],"m":["1","2"]}}""")).Body);

        Assert.Equal(["c=1,2", "m=1", "m=2"], parts.Select(static part => $"{part.Split("name=\"")[1].Split('"')[0]}={part.Split("\r\n\r\n")[1]}"));
    }

    private static RestApi Api(string type, string encoding, string version = "3.1.0") => RestApi.Of($$"""
        {"openapi":"{{version}}","info":{"title":"t","version":"1"},"paths":{"/x":{"post":{"operationId":"up","requestBody":{"content":{"{{type}}":{"schema":{ {{Fields}} },"encoding":{{encoding}} } } },"responses":{} } } },
        "components":{"headers":{"Kind":{"schema":{"enum":["k"]} } } } }
        """);

    // Without the lines that part them.
    private static IEnumerable<string> PartsOf(string body) =>
        body.Split(body[..body.IndexOf("\r\n", StringComparison.Ordinal)]).Where(part => part.Length > 0 && !Boundary.Contains(part.Trim())).Select(static part => part["\r\n".Length..^"\r\n".Length]);
}
