using System.Text.Json;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Tools;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>Names of files that no client could use as they are.</summary>
public sealed class DadlNamesTests
{
    private const string Tools = """
          tools:
            look:
              method: GET
              path: "/a/{vm id}/{filter[x]}/{ü}.xml?k={vm id}"
              access: read
              description: Look
              params:
                "vm id": { type: string, in: path, required: true }
                "filter[x]": { type: string, in: path, required: true }
                "ü": { type: string, in: path, required: true }
                "a[b]": { type: string, in: query }
                a_b: { type: string, in: query }
            LOOK: { method: GET, path: /upper, access: read, description: Look }

        """;

    [Theory]
    [InlineData("""{"vm id":"1","filter[x]":"2/3","ü":"é"}""")]
    [InlineData("""{"vm_id":"1","filter_x":"2/3","value":"é"}""")]
    public async Task A_placeholder_may_have_any_name(string arguments)
    {
        await using var api = await DadlApi.StartAsync(Tools);

        Assert.Equal("/base/a/1/2%2F3/%C3%A9.xml?k=1", (await api.RequestAsync("look", arguments)).Target);
        Assert.Equal(["vm_id", "filter_x", "value", "a_b_2", "a_b"], api.Find("look").Parameters.Select(static parameter => parameter.Name));
    }

    [Theory]
    [InlineData("""{"vm id":"..","filter[x]":"2","ü":"é"}""")]
    [InlineData("""{"vm id":"%2e%2e","filter[x]":"2","ü":"é"}""")]
    [InlineData("""{"vm id":"","filter[x]":"2","ü":"é"}""")]
    [InlineData("""{"vm id":null,"filter[x]":"2","ü":"é"}""")]
    public async Task What_stands_for_it_leads_nowhere_else(string arguments)
    {
        await using var api = await DadlApi.StartAsync(Tools);

        Assert.Contains("'vm_id'", await api.RefusalAsync("look", arguments), StringComparison.Ordinal);
        Assert.Empty(api.Server.Requests);
    }

    [Fact]
    public async Task Two_names_that_would_be_shown_alike_stay_two()
    {
        await using var api = await DadlApi.StartAsync(Tools);

        Assert.EndsWith("?k=1&a%5Bb%5D=x&a_b=y", (await api.RequestAsync("look", """{"vm id":"1","filter[x]":"2","ü":"3","a[b]":"x","a_b":"y"}""")).Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_no_client_takes_is_shown_otherwise_and_sent_as_the_file_says()
    {
        await using var api = await DadlApi.StartAsync("""
              tools: { it: { method: POST, path: /it, access: write, description: It, params: { constructor: { type: string, in: body }, __proto__: { type: string, in: body } } } }

            """);

        Assert.Equal("""{"constructor":"c","__proto__":"p"}""", (await api.RequestAsync("it", """{"constructor_value":"c","proto_value":"p"}""")).Body);
    }

    [Theory]
    [InlineData("api.LOOK")]
    [InlineData("api_LOOK")]
    public async Task Tools_that_differ_in_case_alone_are_told_apart_behind_the_backend_as_well(string name)
    {
        await using var api = await DadlApi.StartAsync(Tools, new DadlWishes { Surfaces = [Surface.Search] });

        var tool = api.Gateway.Tools.Current.Single(static known => known.Name == "describe_operation");
        var result = await tool.Run(new ToolRequest(Caller.LocalUser, JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["operation"] = name }), Conversation.Silent), TestContext.Current.CancellationToken);

        Assert.Contains("GET /upper", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_knows_its_parameters_by_the_names_of_the_file()
    {
        await using var api = await DadlApi.StartAsync("""
              tools: { it: { method: GET, path: /it, access: read, description: It } }
              composites: { both: { description: Both, access: read, params: { "a[b]": { type: string }, X-Who: { type: string, default: me } }, code: "return [params['a[b]'], params['X-Who'], params.a_b === undefined]" } }

            """);

        Assert.Equal("""["v","me",true]""", (await api.DoneAsync("both", """{"a_b":"v"}""")).Value.GetRawText());
    }
}
