using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Backends.Rest;

public class RestRequestTests
{
    [Theory]
    [InlineData("query", "form", true, """{"v":["a b","c"]}""", "/x?v=a%20b&v=c")]
    [InlineData("query", "form", false, """{"v":["a","c,d"]}""", "/x?v=a,c%2Cd")]
    [InlineData("query", "form", true, """{"v":{"r":1,"g":2} }""", "/x?r=1&g=2")]
    [InlineData("query", "form", false, """{"v":{"r":1,"g":2} }""", "/x?v=r,1,g,2")]
    [InlineData("query", "form", false, """{"v":[]}""", "/x")]
    [InlineData("query", "form", false, """{"v":["a b","c&d=e","é"]}""", "/x?v=a%20b,c%26d%3De,%C3%A9")]
    [InlineData("query", "spaceDelimited", false, """{"v":["a","b"]}""", "/x?v=a%20b")]
    [InlineData("query", "pipeDelimited", false, """{"v":["a","b"]}""", "/x?v=a%7Cb")]
    [InlineData("query", "deepObject", true, """{"v":{"a":{"b":1},"c":["x","y"]} }""", "/x?v%5Ba%5D%5Bb%5D=1&v%5Bc%5D=x&v%5Bc%5D=y")]
    [InlineData("path", "simple", false, """{"v":["a","b/c"]}""", "/x/a,b%2Fc")]
    [InlineData("path", "simple", true, """{"v":{"r":1,"g":2} }""", "/x/r=1,g=2")]
    [InlineData("path", "simple", true, """{"v":{"r":"","g":"a/b"} }""", "/x/r=,g=a%2Fb")]
    [InlineData("path", "label", true, """{"v":["a","b"]}""", "/x/.a.b")]
    [InlineData("path", "matrix", true, """{"v":["a","b"]}""", "/x/;v=a;v=b")]
    [InlineData("path", "matrix", false, """{"v":["a","b"]}""", "/x/;v=a,b")]
    public async Task Lists_and_objects_are_written_in_the_style_of_their_parameter(string place, string style, bool explode, string arguments, string target)
    {
        var path = place == "path" ? "/x/{v}" : "/x";
        await using var api = RestApi.Of($$"""
            {"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{"{{path}}":{"get":{"operationId":"get","parameters":[
            {"name":"v","in":"{{place}}","required":true,"style":"{{style}}","explode":{{(explode ? "true" : "false")}},"schema":{} }],"responses":{"200":{"description":"ok"} } } } } }
            """);

        Assert.Equal(target, (await api.RequestAsync("get", arguments)).Target);
    }

    [Theory]
    [InlineData("""{"v":"https://a.example/b?c=d&e=f#g+h i%20"}""", "/x?v=https://a.example/b?c%3Dd%26e%3Df%23g%2Bh%20i%2520")]
    [InlineData("""{"w":["a,b","c/d"]}""", "/x?w=a,b,c/d")]
    [InlineData("""{"plain":"a/b"}""", "/x?plain=a%2Fb")]
    public async Task Reserved_characters_stay_where_the_document_allows_them_and_they_mean_nothing_in_a_query(string arguments, string target)
    {
        await using var api = RestApi.Of("""
            openapi: 3.1.0
            info: { title: t, version: '1' }
            paths:
              /x:
                get:
                  operationId: get
                  parameters:
                    - { name: v, in: query, allowReserved: true, schema: { type: string } }
                    - { name: w, in: query, allowReserved: true, explode: false, schema: { type: array, items: { type: string } } }
                    - { name: plain, in: query, schema: { type: string } }
                  responses: { '200': { description: ok } }
            """);

        Assert.Equal(target, (await api.RequestAsync("get", arguments)).Target);
    }

    [Theory]
    [InlineData("""{"v":".."}""")]
    [InlineData("""{"v":["a",".."]}""")]
    [InlineData("""{"v":""}""")]
    [InlineData("""{"v":"a\\b"}""")]
    [InlineData("""{"w":{"a":"..","b":"c"}}""")]
    [InlineData("""{"w":{"..":"c"}}""")]
    public async Task A_value_that_would_lead_to_another_path_is_never_sent(string arguments)
    {
        await using var api = RestApi.Of("""
            openapi: 3.0.0
            info: { title: t, version: '1' }
            paths:
              /x/{v}/y:
                get:
                  operationId: get
                  parameters: [{ name: v, in: path, required: true, schema: {} }]
                  responses: { '200': { description: ok } }
              /x/{w}/z:
                get:
                  operationId: exploded
                  parameters: [{ name: w, in: path, required: true, explode: true, schema: {} }]
                  responses: { '200': { description: ok } }
            """);

        var outcome = await api.CallAsync(api.Find(arguments.Contains("\"w\"", StringComparison.Ordinal) ? "exploded" : "get"), System.Text.Json.JsonElement.Parse(arguments));

        Assert.IsType<Outcome.Refused>(outcome);
        Assert.Empty(api.Server.Requests);
    }

    [Theory]
    [InlineData("""{"base":"main","head":"feature/a b"}""", "/compare/main...feature%2Fa%20b")]
    [InlineData("""{"base":"x","head":".."}""", null)]
    [InlineData("""{"base":"","head":"x"}""", null)]
    public async Task Dots_between_two_placeholders_lead_nowhere(string arguments, string? target)
    {
        await using var api = RestApi.Of("""
            openapi: 3.0.0
            info: { title: t, version: '1' }
            paths:
              /compare/{base}...{head}:
                get:
                  operationId: compare
                  parameters: [{ name: base, in: path, required: true, schema: { type: string } }, { name: head, in: path, required: true, schema: { type: string } }]
                  responses: { '200': { description: ok } }
            """);

        await api.CallAsync(api.Find("compare"), System.Text.Json.JsonElement.Parse(arguments));

        Assert.Equal(target, api.Server.Requests.SingleOrDefault()?.Target);
    }

    [Fact]
    public async Task Headers_cookies_odd_names_and_json_parameters_go_where_they_belong()
    {
        await using var api = RestApi.Of("""
            openapi: 3.1.0
            info: { title: t, version: '1' }
            paths:
              /x:
                get:
                  operationId: get
                  parameters:
                    - { name: X-Trace, in: header, schema: { type: string } }
                    - { name: Authorization, in: header, schema: { type: string } }
                    - { name: lang, in: cookie, schema: { type: string } }
                    - { name: 'filter[name]', in: query, schema: { type: string } }
                    - { name: operation, in: query, schema: { type: string } }
                    - { name: where, in: query, content: { application/json: { schema: { type: object } } } }
                  responses: { '200': { description: ok } }
            """);

        var request = await api.RequestAsync("get", """{"X-Trace":"t 1","lang":"de;x","filter_name":"a&b","operation_":"o","where":{"a":1} }""");

        Assert.Equal("/x?filter%5Bname%5D=a%26b&operation=o&where=%7B%22a%22%3A1%7D", request.Target);
        Assert.Equal("t 1", request.Header("X-Trace"));
        Assert.Equal("lang=de%3Bx", request.Header("Cookie"));
        Assert.DoesNotContain(api.Find("get").Parameters, static parameter => parameter.Name == "Authorization");
    }

    [Fact]
    public async Task A_header_with_a_line_break_is_refused()
    {
        await using var api = RestApi.Of("""
            {"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{"/x":{"get":{"operationId":"get","parameters":[{"name":"X-A","in":"header","schema":{"type":"string"} }],"responses":{} } } } }
            """);

        var outcome = await api.CallAsync(api.Find("get"), System.Text.Json.JsonElement.Parse("""{"X-A":"a\r\nX-B: c"}"""));

        Assert.Contains("'X-A'", Assert.IsType<Outcome.Refused>(outcome).Reason, StringComparison.Ordinal);
        Assert.Empty(api.Server.Requests);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", """{"body":{"a":"b c","d":[1,2]} }""", "a=b%20c&d=1&d=2")]
    [InlineData("text/plain", """{"body":"hello"}""", "hello")]
    [InlineData("application/octet-stream", """{"body":"eHl6"}""", "xyz")]
    [InlineData("application/vnd.api+json", """{"body":{"a":1} }""", """{"a":1}""")]
    public async Task Bodies_are_written_as_their_media_type_wants_them(string type, string arguments, string body)
    {
        await using var api = RestApi.Of($$"""
            {"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{"/x":{"post":{"operationId":"post","requestBody":{"content":{"{{type}}":{"schema":{"type":"object"} } } },"responses":{} } } } }
            """);

        var request = await api.RequestAsync("post", arguments);

        Assert.Equal(body, request.Body);
        Assert.Equal(type, request.Header("Content-Type"));
    }

    [Fact]
    public async Task Fields_of_a_form_are_written_in_the_style_that_the_document_gives_each()
    {
        await using var api = RestApi.Of("""
            {"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/x":{"post":{"operationId":"post","requestBody":{"content":{"application/x-www-form-urlencoded":{
              "schema":{"type":"object","properties":{"metadata":{"type":"object"},"ids":{"type":"array","items":{"type":"integer"}},"tags":{"type":"array","items":{"type":"string"}},"plain":{"type":"object"}}},
              "encoding":{"metadata":{"style":"deepObject","explode":true},"ids":{"explode":false}}}}},"responses":{}}}}}
            """);

        var request = await api.RequestAsync("post", """{"body":{"metadata":{"a":"1","b":{"c":2}},"ids":[1,2],"tags":["x","y"],"plain":{"k":"v"}}}""");

        Assert.Equal("tags=x&tags=y&plain=%7B%22k%22%3A%22v%22%7D&metadata%5Ba%5D=1&metadata%5Bb%5D%5Bc%5D=2&ids=1,2", request.Body);
    }

    [Theory]
    [InlineData("application/merge-patch+json", "application/merge-patch+json")]
    [InlineData("application/json; charset=utf-8", "application/json")]
    public async Task A_kind_of_json_keeps_its_name(string type, string sent)
    {
        await using var api = RestApi.Of($$"""
            {"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{"/x":{"patch":{"operationId":"patch","requestBody":{"content":{"{{type}}":{"schema":{"type":"object"} } } },"responses":{} } } } }
            """);

        var request = await api.RequestAsync("patch", """{"body":{"a":null}}""");

        Assert.Equal((sent, """{"a":null}"""), (request.Header("Content-Type"), request.Body));
    }

    [Fact]
    public async Task Lists_of_Swagger_2_are_joined_as_their_collectionFormat_says()
    {
        const string List = "\"type\":\"array\",\"items\":{\"type\":\"string\"}";
        await using var api = RestApi.Of("""
            {"swagger":"2.0","info":{"title":"t","version":"1"},"basePath":"/v2","paths":{"/x":{
              "get":{"operationId":"get","parameters":[{"name":"c","in":"query",LIST},{"name":"m","in":"query",LIST,"collectionFormat":"multi"},{"name":"s","in":"query",LIST,"collectionFormat":"ssv"},{"name":"t","in":"query",LIST,"collectionFormat":"tsv"},{"name":"p","in":"query",LIST,"collectionFormat":"pipes"}],"responses":{}},
              "post":{"operationId":"post","consumes":["application/x-www-form-urlencoded"],"parameters":[{"name":"m","in":"formData",LIST,"collectionFormat":"multi"},{"name":"c","in":"formData",LIST}],"responses":{}},
              "put":{"operationId":"put","parameters":[{"name":"b","in":"body","schema":{"type":"object","properties":{"note":{"type":"string","x-nullable":true}}}}],"responses":{}} } } }
            """.Replace("LIST", List, StringComparison.Ordinal));

        Assert.Equal("/v2/x?c=1,2&m=1&m=2&s=1%202&t=1%092&p=1%7C2", (await api.RequestAsync("get", """{"c":["1","2"],"m":["1","2"],"s":["1","2"],"t":["1","2"],"p":["1","2"]}""")).Target);
        Assert.Equal("m=1&m=2&c=1,2", (await api.RequestAsync("post", """{"body":{"m":["1","2"],"c":["1","2"]}}""")).Body);
        Assert.Empty(Hypergate.Schemas.JsonSchemaCheck.Check(api.Find("put").Body!.Schema, System.Text.Json.JsonElement.Parse("""{"note":null}""")));
    }

    [Fact]
    public async Task A_form_with_a_file_has_one_part_for_each_field()
    {
        await using var api = RestApi.Of("""
            swagger: '2.0'
            info: { title: t, version: '1' }
            basePath: /v2
            paths:
              /pets/{id}/image:
                post:
                  operationId: upload
                  consumes: [multipart/form-data]
                  parameters:
                    - { name: id, in: path, required: true, type: integer }
                    - { name: note, in: formData, type: string }
                    - { name: file, in: formData, type: file, required: true }
                  responses: { default: { description: ok } }
            """);

        var request = await api.RequestAsync("upload", """{"id":7,"body":{"note":"n","file":"data:image/png;base64,eHl6"} }""");
        var body = request.Body;

        Assert.Equal("/v2/pets/7/image", request.Target);
        Assert.Matches("^multipart/form-data; boundary=hypergate-[0-9a-f]+$", request.Header("Content-Type"));
        Assert.Contains("name=\"note\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nn\r\n", body, StringComparison.Ordinal);
        Assert.Contains("name=\"file\"; filename=\"file\"\r\nContent-Type: image/png\r\n\r\nxyz\r\n", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data:text/csv;base64,eHl6", "text/csv")]
    [InlineData("data:text/csv;charset=utf-8;base64,eHl6", "text/csv")]
    [InlineData("xyz", "image/png")]
    [InlineData("data:a/b\\r\\nX-Evil: 1;base64,eHl6", "application/octet-stream")]
    public async Task The_part_of_a_file_has_the_type_that_the_text_or_the_document_says(string file, string type)
    {
        await using var api = RestApi.Of("""
            openapi: 3.1.0
            info: { title: t, version: '1' }
            paths:
              /up: { post: { operationId: up, requestBody: { content: { multipart/form-data: { schema: { type: object, properties: { file: { type: string, contentMediaType: image/png } } } } } }, responses: {} } }
            """);

        var body = (await api.RequestAsync("up", $$"""{"body":{"file":"{{file}}"} }""")).Body;

        Assert.Contains($"filename=\"file\"\r\nContent-Type: {type}\r\n\r\nxyz\r\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_operation_carries_the_credential_that_its_document_asks_for()
    {
        const string Document = """
            openapi: 3.0.0
            info: { title: t, version: '1' }
            security: [{ b: [] }]
            paths:
              /bearer: { get: { operationId: bearer, responses: {} } }
              /basic: { get: { operationId: basic, security: [{ p: [] }], responses: {} } }
              /header: { get: { operationId: header, security: [{ h: [] }], responses: {} } }
              /query: { get: { operationId: query, security: [{ q: [] }], responses: {} } }
              /cookie: { get: { operationId: cookie, security: [{ c: [] }], responses: {} } }
              /both: { get: { operationId: both, security: [{ unknown: [] }, { h: [], q: [] }], responses: {} } }
              /open: { get: { operationId: open, security: [], responses: {} } }
              /optional: { get: { operationId: optional, security: [{}, { b: [] }], responses: {} } }
            components:
              securitySchemes:
                b: { type: http, scheme: bearer }
                p: { type: http, scheme: basic }
                h: { type: apiKey, in: header, name: X-Key }
                q: { type: apiKey, in: query, name: key }
                c: { type: apiKey, in: cookie, name: sid }
            """;
        var auth = new BackendSettingsAuth
        {
            Token = new Secret("tok"),
            Username = "u",
            Password = new Secret("p:w"),
            Keys = new Dictionary<string, Secret>(StringComparer.Ordinal) { ["h"] = new("hk"), ["q"] = new("q k") },
        };
        await using var api = RestApi.Of(Document, auth: auth);

        Assert.Equal("Bearer tok", (await api.RequestAsync("bearer", "{}")).Header("Authorization"));
        Assert.Equal($"Basic {Convert.ToBase64String("u:p:w"u8)}", (await api.RequestAsync("basic", "{}")).Header("Authorization"));
        var header = await api.RequestAsync("header", "{}");
        Assert.Equal(("hk", null), (header.Header("X-Key"), header.Header("Authorization")));
        Assert.Equal("/query?key=q%20k", (await api.RequestAsync("query", "{}")).Target);
        Assert.Equal("sid=tok", (await api.RequestAsync("cookie", "{}")).Header("Cookie"));
        var both = await api.RequestAsync("both", "{}");
        Assert.Equal(("hk", "/both?key=q%20k"), (both.Header("X-Key"), both.Target));
        Assert.Null((await api.RequestAsync("open", "{}")).Header("Authorization"));
        Assert.Equal("Bearer tok", (await api.RequestAsync("optional", "{}")).Header("Authorization"));
    }

    [Theory]
    [InlineData("", "/api/v1/x")]
    [InlineData("/own/base", "/own/base/x")]
    public async Task The_path_of_the_documents_server_counts_where_the_settings_name_none(string path, string target)
    {
        await using var api = RestApi.Of(
            """
            openapi: 3.0.0
            info: { title: t, version: '1' }
            servers: [{ url: 'https://{region}.example.com:{port}/api/{version}', variables: { region: { default: eu }, port: { default: '8443' }, version: { default: v0 } } }]
            paths: { /x: { get: { operationId: get, responses: {} } } }
            """,
            static rest => rest with { ServerVariables = new Dictionary<string, string>(StringComparer.Ordinal) { ["version"] = "v1" } },
            path: path);

        Assert.Equal(target, (await api.RequestAsync("get", "{}")).Target);
    }

    [Fact]
    public async Task A_text_that_is_not_json_is_an_answer_too()
    {
        await using var api = RestApi.Of(
            """{"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{"/x":{"get":{"operationId":"get","responses":{"200":{"description":"d","content":{"text/plain":{} } } } } } } }""",
            answer: LoopbackServer.Reply(200, "12 apples", "Content-Type: text/plain"));

        var done = Assert.IsType<Outcome.Done>(await api.CallAsync(api.Find("get"), System.Text.Json.JsonElement.Parse("{}")));

        Assert.Equal("12 apples", done.Value.GetString());
    }

    [Theory]
    [InlineData("""{"error":{"message":"no such pet"}}""", "application/json", "no such pet")]
    [InlineData("""{"title":"Bad","detail":"limit must be positive"}""", "application/problem+json", "limit must be positive")]
    [InlineData("""{"errors":[{"message":"name is taken"}]}""", "application/json", "name is taken")]
    [InlineData("<html><body>secret page</body></html>", "text/html", "The API answered 422")]
    public async Task An_error_says_what_the_api_says(string body, string type, string words)
    {
        await using var api = RestApi.Of(
            """{"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{"/x":{"get":{"operationId":"get","responses":{} } } } }""",
            answer: LoopbackServer.Reply(422, body, $"Content-Type: {type}"));

        var failed = Assert.IsType<Outcome.Failed>(await api.CallAsync(api.Find("get"), System.Text.Json.JsonElement.Parse("{}")));

        Assert.Equal(422, failed.Status);
        Assert.Contains(words, failed.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("<html>", failed.Detail, StringComparison.Ordinal);
    }
}
