using Hypergate.Backends.Rest;
using Hypergate.Descriptions;

namespace Hypergate.Tests.Backends.Rest;

/// <summary>Where documents say in unusual ways what something is or where it lies.</summary>
public sealed class OddAddressesTests
{
    private const string Document = """
        {"openapi":"3.1.0","info":{"title":"Odd","version":"1"},
         "servers":[{"url":"https://{tenant}.example/v{ver}","variables":{"tenant":{"default":"a"},"ver":{"default":"1","enum":["1","2"]}}}],
         "paths":{
          "/first":{"get":{"operationId":"first","parameters":[{"name":"a","in":"query","schema":{"type":"string"}},{"name":"b","in":"query","schema":{"type":"integer"}}],"responses":{"200":{"description":"ok"}}}},
          "/second":{"get":{"operationId":"second","parameters":[{"$ref":"#/paths/~1first/get/parameters/1"}],"responses":{"200":{"description":"ok"}}}},
          "/third":{"get":{"operationId":"third","parameters":[{"$ref":"#/paths/~1first/get/parameters/01"}],"responses":{"200":{"description":"ok"}}}},
          "/a%20b/c%2Fd":{"get":{"operationId":"encoded","responses":{"200":{"description":"ok"}}}},
          "/x/%2e%2e/y":{"get":{"operationId":"dotted","responses":{"200":{"description":"ok"}}}}}}
        """;

    [Fact]
    public async Task A_reference_may_lead_into_a_list_and_a_path_may_be_percent_encoded()
    {
        await using var api = RestApi.Of(Document);

        Assert.Equal(["first", "second", "encoded"], api.Description.Operations.Select(static operation => operation.Name));
        Assert.Equal("/v1/second?b=3", (await api.RequestAsync("second", """{"b":3}""")).Target);
        Assert.Equal("/v1/a%20b/c%2Fd", (await api.RequestAsync("encoded", "{}")).Target);
    }

    [Theory]
    [InlineData("../v9", "/v9")]
    [InlineData("v9", "/docs/v9")]
    [InlineData("./v9/", "/docs/v9")]
    [InlineData("/v9", "/v9")]
    [InlineData("https://other.example/v9", "/v9")]
    [InlineData("", "")]
    [InlineData("{base}/v9", "")]
    public void A_relative_server_lies_below_the_place_of_the_document(string server, string path) =>
        Assert.Equal(path, RestServers.PathOf(new Uri("https://api.example"), [new DeclaredServer(server, Variables())], Variables(), new Uri("https://api.example/docs/openapi.json")));

    [Fact]
    public void Without_a_place_of_the_document_a_relative_server_lies_below_the_host() =>
        Assert.Equal("/v9", RestServers.PathOf(new Uri("https://api.example"), [new DeclaredServer("v9", Variables())], Variables()));

    [Theory]
    [InlineData("ver", "2", null)]
    [InlineData("ver", "3", "rest.serverVariables gives ver the value '3'; the document knows 1, 2.")]
    [InlineData("tenant", "anything", null)]
    [InlineData("vre", "2", "rest.serverVariables holds 'vre', which no server of the document has. Did you mean ver?")]
    public async Task Values_that_no_server_takes_are_told_at_the_start(string name, string value, string? fault)
    {
        await using var api = RestApi.Of(Document, rest => rest with { ServerVariables = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value } });

        Assert.Equal(fault is null ? [] : [fault], api.Description.Faults);
    }

    private static Dictionary<string, string> Variables() => new(StringComparer.Ordinal);
}
