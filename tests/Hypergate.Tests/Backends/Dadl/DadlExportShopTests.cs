using System.Text;
using System.Text.RegularExpressions;
using Hypergate.Backends;
using Hypergate.Backends.Dadl.Export;
using Hypergate.Descriptions;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;
using Hypergate.Tests.Backends.Http;
using Hypergate.Tests.Backends.Rest;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>A file that is made of an OpenAPI document says the same or nothing, and tells what it does not say.</summary>
public sealed class DadlExportShopTests
{
    private static readonly BackendSettingsAuth Auth = new() { Token = new Secret("k1"), Keys = new Dictionary<string, Secret>(StringComparer.Ordinal) { ["admin"] = new("k2") } };

    // The operation, its arguments by the document, and those by the file where they are others. @ is a file.
    [Theory]
    [InlineData("getOrder", """{"id":7,"id_":"a b"}""", """{"id_in_path":7,"id":"a b"}""")]
    [InlineData("getOrder", """{"id":7,"expand":["a b","c&d"],"debug":true}""", """{"id_in_path":7,"expand":["a b","c&d"],"debug":true}""")]
    [InlineData("getOrder", """{"id":7,"fields":["a","b"],"bars":["a","b"],"blanks":[1,2]}""", """{"id_in_path":7,"fields":"a,b","bars":"a|b","blanks":"1 2"}""")]
    [InlineData("getOrder", """{"id":7,"page":{"size":3,"sort":["a","b"]}}""", """{"id_in_path":7,"size":3,"sort":"[\"a\",\"b\"]"}""")]
    [InlineData("getOrder", """{"id":7,"range":{"from":1,"to":2}}""", """{"id_in_path":7,"range":"from,1,to,2"}""")]
    [InlineData("getOrder", """{"id":7,"filter":{"state":"é","tags":["a","b"]},"where":{"a":"x/y"}}""", """{"id_in_path":7,"filter[state]":"é","filter[tags]":["a","b"],"where":{"a":"x/y"}}""")]
    [InlineData("getOrder", """{"id":7,"lines":[{"sku":"a"},{"sku":"b"}],"q":{"a":1}}""", """{"id_in_path":7,"lines":["{\"sku\":\"a\"}","{\"sku\":\"b\"}"],"q":"{\"a\":1}"}""")]
    [InlineData("getOrder", """{"id":7,"mode":"fast","either":"a"}""", """{"id_in_path":7,"mode":"fast","either":"a"}""")]
    [InlineData("getOrder", """{"id":7,"either":["a","b"],"X-Tags":["a","b"],"X-Map":{"a":"x","b":2}}""", """{"id_in_path":7,"either":["a","b"],"X-Tags":"a,b","X-Map":"a=x,b=2"}""")]
    [InlineData("label", """{"v":["a","b"]}""", """{"v":"a.b"}""")]
    [InlineData("matrix", """{"v":["a","b"]}""", """{"v":"a,b"}""")]
    [InlineData("simple", """{"v":["a","b"]}""", """{"v":"a,b"}""")]
    [InlineData("createOrder", """{"note":"n","body":{"item":"x","count":2,"price":null,"any":"t","image":"eHl6","lines":[{"sku":"a"}]}}""", """{"note":"n","item":"x","count":2,"price":null,"any":"t","image":"eHl6","lines":[{"sku":"a"}]}""")]
    [InlineData("createOrder", """{"note":"n","body":{"item":"x","note":"m","any":5}}""", """{"note":"n","_body":{"item":"x","note":"m","any":5}}""")]
    [InlineData("setOrders", """{"body":[{"id":1},{"id":2}]}""", """{"_body":[{"id":1},{"id":2}]}""")]
    [InlineData("mergeOrders", """{"body":{"a":1,"b":2}}""", """{"_body":{"a":1,"b":2}}""")]
    [InlineData("sendForm", """{"body":{"name":"a b+c","ids[]":[1,2],"meta":{"a":1}}}""", """{"name":"a b+c","ids[]":[1,2],"meta":"{\"a\":1}"}""")]
    [InlineData("sendForm", """{"body":{"name":"n","json":["a","b"],"deep":{"a":"x","b":{"c":"y"}},"codes":["a","b"],"span":{"from":1,"to":2}}}""", """{"name":"n","json":"[\"a\",\"b\"]","deep":{"a":"x","b":{"c":"y"}},"codes":"a,b","from":1,"to":2}""")]
    [InlineData("upload", """{"body":{"photo":"data:image/png;base64,AAEC","title":"T","labels":["a","b"],"meta":{"a":1},"deep":{"a":"x"}}}""", """{"photo":"@photo image/png AAEC","title":"T","labels":["a","b"],"meta":{"a":1},"deep[a]":"x"}""")]
    [InlineData("upload", """{"body":{"photo":"text","more":["data:text/csv;base64,AAEC"]}}""", """{"photo":"@photo image/png dGV4dA==","more":"@more text/csv AAEC"}""")]
    [InlineData("putBlob", """{"body":"AAEC"}""", """{"_file":"@body application/octet-stream AAEC"}""")]
    [InlineData("putPicture", """{"body":"AAEC"}""", """{"body":"@body image/png AAEC"}""")]
    [InlineData("putPicture", "{}", "{}")]
    [InlineData("putNote", """{"body_":"q","body":"é\n"}""", """{"body":"q","body_2":"é\n"}""")]
    [InlineData("elsewhere", "{}", "{}")]
    [InlineData("open", "{}", "{}")]
    public async Task What_the_file_says_is_sent_as_by_the_document(string operation, string before, string after)
    {
        await using var rest = RestApi.Of(ShopDocument.Text, auth: Auth);
        var file = DadlExport.Write(rest.Backend.Options, rest.Description.Operations, TimeProvider.System.GetUtcNow());
        await using var made = await DadlApi.StartFileAsync(file.Text!, new DadlWishes { Auth = Auth, Path = "", Settings = static settings => settings with { AllowUploads = true } }, LoopbackServer.Answering(DadlApi.Json("{}")));

        var one = await rest.RequestAsync(operation, before);
        var two = await made.RequestAsync(operation, await WithFilesAsync(made, after));

        Assert.Equal(Text(one), Text(two));
        Assert.True(operation == "open" || two.Header("X-Key") == one.Header("X-Key"));
    }

    [Fact]
    public async Task What_the_file_cannot_say_is_left_out_and_told_at_its_top()
    {
        await using var rest = RestApi.Of(ShopDocument.Text, auth: Auth);
        var file = DadlExport.Write(rest.Backend.Options, rest.Description.Operations, TimeProvider.System.GetUtcNow());

        string[] told =
        [
            "Left out: admin: takes a credential as the header X-Admin, and a file has one way for all its tools",
            "Left out: both: takes several credentials together, and a file has one way for all its tools",
            "Left out: matrixes: goes as /v1/matrixes/;v=x1;v=x2, which this format cannot say",
            "Left out: pairs: goes as /v1/pairs/a=x1, which this format cannot say",
            "Left out: session: needs cookie 'sid': no place in this format",
            "Left out: deleteOrders: needs body: given whole, it goes only with POST, PUT and PATCH that change something",
            "Left out: needsList: goes as tags=x1&tags=x2, which this format cannot say",
            "Left out: getOrder: query parameter 'free': an object of which no property has a name",
            "Left out: getOrder: query parameter 'raw': goes as raw=a,b%20c%7Cd%26e%3Df;g%252C%2B%5Bx%5D%23?:@$!'()*~/, which this format cannot say",
            "Left out: getOrder: header 'X-Key': goes as X-Key: x1, which this format cannot say",
            "Left out: getOrder: cookie 'sid': no place in this format",
            "Left out: sendForm: field 'tags': goes as tags=x1&tags=x2, which this format cannot say",
            "Left out: sendForm: fields of any name: no place in this format",
            "Left out: upload: field 'sheet': goes as Content-Type: text/csv, which this format cannot say",
            "Left out: upload: field 'signed': goes as X-Sign: yes, which this format cannot say",
            "In part: createOrder: field 'note': in _body alone",
            "In part: upload: field 'more': as one file alone",
        ];
        Assert.Equal(told, file.Told);
        Assert.Equal("14 tools; left out: 7 operations, 8 parameters; in part: 2 parameters (listed at the top of the file)", file.Summary);
        Assert.StartsWith($"# api.dadl: made from a live catalog by Hypergate\n# {string.Join("\n# ", told)}\n# The credential goes with these as well, which ask for none: open\nspec: ", file.Text, StringComparison.Ordinal);
        var load = DadlReader.Read(Encoding.UTF8.GetBytes(file.Text!));
        Assert.DoesNotContain(load.Problems, static problem => DadlRules.SeverityOf(problem, DadlProfile.Registry) >= DadlSeverity.Error);
        Assert.Equal(["createOrder", "elsewhere", "getOrder", "label", "matrix", "mergeOrders", "open", "putBlob", "putNote", "putPicture", "sendForm", "setOrders", "simple", "upload"], load.Document!.Tools.Select(static tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.Equal("Set orders. The body goes whole as _body: a list, each item an object with id.", load.Document.Tools.Single(static tool => tool.Name == "setOrders").Description);
    }

    [Fact]
    public async Task A_document_of_which_nothing_can_be_said_makes_no_file()
    {
        await using var rest = RestApi.Of("""
            {"openapi":"3.0.0","info":{"title":"Shop","version":"1"},"paths":{"/a":{"get":{"operationId":"one","parameters":[{"name":"sid","in":"cookie","required":true,"schema":{"type":"string"} }],"responses":{"200":{"description":"ok"} } } } } }
            """);

        var file = DadlExport.Write(rest.Backend.Options, rest.Description.Operations, TimeProvider.System.GetUtcNow());

        Assert.Null(file.Text);
        Assert.Equal(["Left out: one: needs cookie 'sid': no place in this format"], file.Told);
    }

    [Fact]
    public async Task A_document_of_which_the_file_would_be_too_large_to_be_read_makes_none_and_says_why()
    {
        var parameters = string.Join(',', Enumerable.Range(0, 60).Select(static number => $$"""
            {"name":"{{new string('x', 60)}}{{number}}","in":"query","schema":{"type":"string"} }
            """));
        var paths = string.Join(',', Enumerable.Range(0, 1_000).Select(number => $$"""
            "/a{{number}}":{"get":{"operationId":"read{{number}}","parameters":[{{parameters}}],"responses":{"200":{"description":"ok"} } } }
            """));
        await using var rest = RestApi.Of($$"""{"openapi":"3.0.0","info":{"title":"Much","version":"1"},"paths":{ {{paths}} } }""");

        var fault = Assert.Throws<DescriptionException>(() => DadlExport.Write(rest.Backend.Options, rest.Description.Operations, TimeProvider.System.GetUtcNow()));

        Assert.Equal("No file can be made of so much: the file has more than 5 MB. Fewer operations make one (rest.include and rest.exclude in the settings)", fault.Message);
    }

    [Theory]
    [InlineData(400, 400, 400)]
    [InlineData(1_000, 400, 240)]
    [InlineData(1_550, 400, 100)]
    public async Task Descriptions_are_cut_as_far_as_a_registry_asks(int operations, int described, int left)
    {
        var paths = string.Join(',', Enumerable.Range(0, operations).Select(number => $$"""
            "/a{{number}}":{"get":{"operationId":"read{{number}}","parameters":[{"name":"q","in":"query","description":"{{new string('x', described)}}","schema":{"type":"string"} }],"responses":{"200":{"description":"ok"} } } }
            """));
        await using var rest = RestApi.Of($$"""{"openapi":"3.0.0","info":{"title":"Much","version":"1"},"paths":{ {{paths}} } }""");

        var file = DadlExport.Write(rest.Backend.Options, rest.Description.Operations, TimeProvider.System.GetUtcNow());

        var load = DadlReader.Read(Encoding.UTF8.GetBytes(file.Text!));
        Assert.DoesNotContain(load.Problems, static problem => DadlRules.SeverityOf(problem, DadlProfile.Registry) >= DadlSeverity.Error);
        Assert.Equal(operations, file.Tools);
        Assert.All(load.Document!.Tools, tool => Assert.Equal(left, Assert.Single(tool.Parameters).Description.Length));
        Assert.Equal(left < described, file.Text!.Contains($"those of parameters to {left}: a registry takes 500 KB", StringComparison.Ordinal));
    }

    [Fact]
    public async Task User_and_password_stay_user_and_password()
    {
        var auth = new BackendSettingsAuth { Username = "anna", Password = new Secret("a-password-1") };
        await using var rest = RestApi.Of(ShopDocument.Text.Replace("security: [{ key: [] }]", "security: [{ user: [] }]", StringComparison.Ordinal), auth: auth);
        var file = DadlExport.Write(rest.Backend.Options, rest.Description.Operations, TimeProvider.System.GetUtcNow());
        await using var made = await DadlApi.StartFileAsync(file.Text!, new DadlWishes { Auth = auth, Path = "" }, LoopbackServer.Answering(DadlApi.Json("{}")));

        Assert.Equal((await rest.RequestAsync("elsewhere", "{}")).Header("Authorization"), (await made.RequestAsync("elsewhere")).Header("Authorization"));
        Assert.Contains("type: basic", file.Text, StringComparison.Ordinal);
    }

    // Byte for byte, but for what servers read alike: a comma between values that is encoded, and a blank of a form.
    private static string Text(RawRequest request)
    {
        var isForm = request.Header("Content-Type") == "application/x-www-form-urlencoded";
        var body = isForm ? request.Body.Replace("+", "%20", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal) : request.Body;
        var text = string.Join('\n', [$"{request.Method} {request.Target.Replace("%2C", ",", StringComparison.Ordinal)}", request.Header("X-Tags"), request.Header("X-Map"), request.Header("Cookie"), request.Header("Content-Type"), body]);
        return Regex.Replace(text, "hypergate-[0-9a-f]{32}", "boundary", RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    private static async Task<string> WithFilesAsync(DadlApi made, string arguments)
    {
        foreach (Match match in Regex.Matches(arguments, "@(?<name>[^ ]+) (?<type>[^ ]+) (?<bytes>[^\"]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
        {
            using var content = new MemoryStream(Convert.FromBase64String(match.Groups["bytes"].Value));
            var file = await made.Gateway.Parts.Files.TakeAsync(content, new(match.Groups["name"].Value, match.Groups["type"].Value, Caller.LocalUser.Name, TimeSpan.FromHours(1)), TestContext.Current.CancellationToken);
            arguments = arguments.Replace(match.Value, file.Handle, StringComparison.Ordinal);
        }

        return arguments;
    }
}
