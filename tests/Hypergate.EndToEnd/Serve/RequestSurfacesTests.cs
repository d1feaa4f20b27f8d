using System.Net;
using Hypergate.EndToEnd.Harness;
using ModelContextProtocol.Client;

namespace Hypergate.EndToEnd.Serve;

/// <summary>An address may ask for fewer surfaces than its caller sees, and never for more.</summary>
public sealed class RequestSurfacesTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task A_client_is_shown_what_its_address_names_alone(string revision)
    {
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
            surfaces: [domains, search, fleet]
            """);
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);

        await using var all = await ClientAsync(program.Address, revision);
        await using var some = await ClientAsync(new($"{program.Address}?surfaces=Search, query"), revision);
        var (most, few) = (await NamesAsync(all), await NamesAsync(some));

        Assert.Superset(few, most);
        Assert.Contains("search_operations", few);
        Assert.Contains("vms_query", most);
        Assert.DoesNotContain("vms_query", few);
        Assert.DoesNotContain("list_vms", few);
        Assert.DoesNotContain("query", few); // Not a surface of this gateway: nobody gets it by asking.
        var hidden = await Assert.ThrowsAnyAsync<Exception>(async () => await some.CallToolAsync("vms_query", new Dictionary<string, object?> { ["operation"] = "GetVms" }, cancellationToken: Token));
        Assert.Contains("vms_query", hidden.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("vms_query", some.ServerInstructions ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?surfaces=fleet,shell", "'shell' in ?surfaces= is no surface. There are: domains, operations, search, fleet, query, code.")]
    [InlineData("?surfaces=,", "?surfaces= names nothing.")]
    public async Task An_address_that_names_no_surface_is_refused_with_those_that_there_are(string query, string expected)
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));
        using var http = new HttpClient();

        using var answer = await http.PostAsync(new Uri(program.Address + query), new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<McpClient> ClientAsync(Uri address, string revision) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions { Endpoint = address, TransportMode = HttpTransportMode.StreamableHttp }),
        new McpClientOptions { ProtocolVersion = revision },
        cancellationToken: Token);

    private static async Task<HashSet<string>> NamesAsync(McpClient client) => [.. (await client.ListToolsAsync(cancellationToken: Token)).Select(static tool => tool.Name)];
}
