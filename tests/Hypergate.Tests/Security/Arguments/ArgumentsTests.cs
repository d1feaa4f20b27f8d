using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Model;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Security.Arguments;

/// <summary>A value in a query, header or cookie is refused, or adds nothing to the request but itself.</summary>
[Trait("Suite", "S2")]
[Trait("Rule", "R-ARGS")]
[Trait("Aisvs", "10.4.3")]
[Trait("Mcp", "MCP05")]
public sealed class ArgumentsTests : IAsyncDisposable
{
    private static readonly IReadOnlyList<string[]> Payloads = PayloadFile.Read("arguments.txt");

    private readonly LoopbackServer _server = LoopbackServer.Answering(LoopbackServer.Reply(200, "{}"));

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Payloads.Count)];

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(12, Cases.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_payload_in_the_query_stays_one_value(int index)
    {
        var query = new QueryValues();
        Assert.Null(query.TryAdd("filter", JsonDocument.Parse(Payloads[index][2]).RootElement));
        var built = Assert.IsType<RequestAddress.Built>(RequestAddress.Build(
            new(_server.Address, "/rest/v0"), "/vms", new Dictionary<string, string>(StringComparer.Ordinal), query.Add("ndjson", "true")));

        var lines = await LinesOnTheWireAsync(new() { Address = built.Address });

        Assert.Equal($"GET /rest/v0/vms?filter={Payloads[index][0]}&ndjson=true HTTP/1.1", lines[0]);
        Assert.Equal(3, lines.Length);
    }

    [Theory]
    [Trait("Rule", "R-HEAD")]
    [MemberData(nameof(Cases))]
    public async Task A_payload_in_a_cookie_is_refused_or_stays_one_value(int index)
    {
        var (expected, payload) = (Payloads[index][1], PayloadFile.Text(Payloads[index][2]));
        if (expected == "refused")
        {
            Assert.NotNull(HeaderText.CookieProblem(payload));
            return;
        }

        Assert.Null(HeaderText.CookieProblem(payload));
        var lines = await LinesOnTheWireAsync(Request("Cookie", $"authenticationToken={payload}"));
        Assert.Equal(4, lines.Length);
        Assert.Contains($"Cookie: authenticationToken={expected}", lines, StringComparer.Ordinal);
    }

    [Theory]
    [Trait("Rule", "R-HEAD")]
    [MemberData(nameof(Cases))]
    public async Task A_payload_in_a_header_never_adds_a_line(int index)
    {
        var payload = PayloadFile.Text(Payloads[index][2]);
        if (HeaderText.Problem(payload) is null)
        {
            var lines = await LinesOnTheWireAsync(Request("X-Test", payload));
            Assert.Equal(4, lines.Length);
            Assert.Contains($"X-Test: {payload}", lines, StringComparer.Ordinal);
            return;
        }

        using var http = Http();
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => http.SendAsync(Request("X-Test", payload), TestContext.Current.CancellationToken));
        Assert.DoesNotContain(payload, exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, _server.Connections);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private BackendHttp Http() => new(new() { Address = _server.Address, Words = XoWords.Value }, TimeProvider.System);

    private HttpRequestSpec Request(string header, string value) => new() { Address = _server.Address, Headers = [new(header, value)] };

    private async Task<string[]> LinesOnTheWireAsync(HttpRequestSpec request)
    {
        using var http = Http();
        Assert.IsType<HttpReply>(await http.SendAsync(request, TestContext.Current.CancellationToken));
        return Assert.Single(_server.Requests).Lines;
    }
}
