using Hypergate.Model;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Backends.Dadl;

public class DadlConnectionTests
{
    private const string WithoutHealth = """
        spec: "https://dadl.ai/spec/dadl-spec-v0.2.md"
        backend:
          name: small
          type: rest
          version: "2.0"
          description: Small
          auth: { type: bearer, credential: small_token }
          tools:
            get_it: { method: GET, path: /it, access: read, description: Gets it. }

        """;

    private const string WithHealth = WithoutHealth + """
          health: { path: /healthz, expect_path: "$.ok" }

        """;

    [Fact]
    public async Task Without_health_the_server_is_touched_without_the_credential_and_any_answer_will_do()
    {
        await using var api = await DadlApi.StartFileAsync(WithoutHealth, null, LoopbackServer.Answering(DadlApi.Json("{}", 404)));

        var finding = Assert.Single(await api.Gateway.Parts.Connection.CheckAsync(Caller.LocalUser, TestContext.Current.CancellationToken));

        Assert.Null(finding.Problem);
        Assert.Contains("whether the credential is right, the first call will tell", finding.Text, StringComparison.Ordinal);
        Assert.Equal("REST API 2.0: 1 operation, read only.", finding.Short);
        Assert.NotNull(finding.Latency);
        var request = Assert.Single(api.Server.Requests);
        Assert.DoesNotContain("the-token", request.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ok":true}""", 200, null)]
    [InlineData("""{"other":true}""", 200, "$.ok")]
    [InlineData("""{"ok":true}""", 503, "503")]
    public async Task With_health_it_is_well_when_the_file_says_so(string body, int status, string? problem)
    {
        await using var api = await DadlApi.StartFileAsync(WithHealth, null, LoopbackServer.Answering(DadlApi.Json(body, status)));

        var finding = Assert.Single(await api.Gateway.Parts.Connection.CheckAsync(Caller.LocalUser, TestContext.Current.CancellationToken));

        Assert.Equal(problem is null, finding.Problem is null);
        Assert.Contains(problem ?? "Connection to the API successful.", finding.Text, StringComparison.Ordinal);
        Assert.Contains("/healthz", Assert.Single(api.Server.Requests).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_tells_of_health_brings_its_defaults_and_headers()
    {
        var file = WithoutHealth.Replace("path: /it,", "path: \"/it/{zone}?deep=1\", params: { zone: { type: string, in: path, required: true, default: eu }, limit: { type: integer, in: query, default: 1 }, X-Zone: { type: string, in: header, default: b } },", StringComparison.Ordinal) + "  health: { tool: get_it }\n";
        await using var api = await DadlApi.StartFileAsync(file, null, LoopbackServer.Answering(DadlApi.Json("{}")));

        Assert.True((await api.DoneAsync("health")).Value.GetProperty("ok").GetBoolean());
        var request = Assert.Single(api.Server.Requests).Text;

        Assert.StartsWith("GET /base/it/eu?deep=1&limit=1 HTTP", request, StringComparison.Ordinal);
        Assert.Contains("X-Zone: b", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("method: GET, path: \"https://elsewhere.example/it\"", false, Access.Read)]
    [InlineData("method: DELETE, path: /it", true, Access.Dangerous)]
    public async Task A_tool_that_tells_of_health_keeps_its_host_and_class(string call, bool isOffered, Access access)
    {
        var file = WithoutHealth.Replace("method: GET, path: /it, access: read", $"{call}, access: {access.ToString().ToLowerInvariant()}", StringComparison.Ordinal) + "  health: { tool: get_it }\n";
        await using var api = await DadlApi.StartFileAsync(file, null, LoopbackServer.Answering(DadlApi.Json("{}")));
        var health = api.Find("health");

        Assert.Equal((isOffered, access), (health.Rules!.IsOffered, health.Access));
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_named_with_what_is_wrong()
    {
        await using var api = await DadlApi.StartFileAsync(
            WithoutHealth.Replace("access: read,", "access: read, pagination: { strategy: wheel },", StringComparison.Ordinal), null, LoopbackServer.Answering(DadlApi.Json("{}")));

        var finding = Assert.Single(await api.Gateway.Parts.Connection.CheckAsync(Caller.LocalUser, TestContext.Current.CancellationToken));

        Assert.Equal(
            "api.dadl is not used: 9:77, D022: backend.tools.get_it.pagination.strategy 'wheel' is not one of cursor, offset, page, link_header.",
            finding.Problem);
    }

    [Fact]
    public async Task A_file_that_nobody_can_read_leads_to_no_address()
    {
        await using var api = await DadlApi.StartFileAsync("backend: [", new DadlWishes { HasAddress = false }, LoopbackServer.Answering(DadlApi.Json("{}")));

        var finding = Assert.Single(await api.Gateway.Parts.Connection.CheckAsync(Caller.LocalUser, TestContext.Current.CancellationToken));

        Assert.Contains("\nBackend: api (REST API)", finding.Text, StringComparison.Ordinal);
    }
}
