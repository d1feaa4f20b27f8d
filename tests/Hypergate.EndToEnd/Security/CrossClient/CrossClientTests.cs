using System.Text.Json.Nodes;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.EndToEnd.Security.CrossClient;

/// <summary>Callers who use the gateway at the same time get nothing of each other, whatever they ask for.</summary>
[Trait("Suite", "S8")]
[Trait("Rule", "R-OWN")]
[Trait("Aisvs", "10.2.6")]
[Trait("Mcp", "MCP10")]
public sealed class CrossClientTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_belongs_to_another_caller_answers_as_what_does_not_exist()
    {
        await using var xo = await Xo.StartAsync();
        await using var hidden = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", $$"""
            backends:
              - { name: mine, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }
              - { name: their, kind: xen-orchestra, url: "{{Xo.Address(hidden)}}", auth: { token: "{{hidden.Token}}" } }
            """);
        var key = await KeyAsync("me", "mine");
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);
        var id = (await IdsAsync(hidden))[0];
        var asked = hidden.Requests.All.Count;

        foreach (var address in new[] { "", "/operations", "/operations/GetVms", "/objects", "/objects/guests", $"/objects/guests/{id}" })
        {
            var there = await ReadAsync(program, $"hypergate://backends/their{address}", key);
            var nowhere = await ReadAsync(program, $"hypergate://backends/thier{address}", key);
            Assert.Equal(nowhere.Body.Replace("thier", "their", StringComparison.Ordinal), there.Body);
            Assert.True(there.Message.TryGetProperty("error", out _), there.Body);
        }

        var completed = await program.AskAsync(
            "completion/complete",
            """{"ref":{"type":"ref/resource","uri":"hypergate://backends/{backend}/objects/{type}/{object}"},"argument":{"name":"object","value":""},"context":{"arguments":{"backend":"their","type":"guests"}}}""",
            null,
            "{}",
            ("X-API-Key", key));
        Assert.Contains("\"values\":[]", completed.Body, StringComparison.Ordinal);
        Assert.Equal(asked, hidden.Requests.All.Count);
    }

    private static Task<McpReply> ReadAsync(ServedProgram program, string address, string key) =>
        program.AskAsync("resources/read", $$"""{"uri":"{{address}}"}""", address, "{}", ("X-API-Key", key));

    private async Task<string> KeyAsync(string name, string backend)
    {
        var run = await CommandRun.OfAsync(_folder, [], "keys", "create", "--name", name, "--role", "viewer", "--backends", backend);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(XoSimulator xo)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Xo.Address(xo)}/rest/v0/vms?fields=id");
        request.Headers.Add("Cookie", $"authenticationToken={xo.Token}");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return [.. JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsArray().Select(static vm => vm!["id"]!.GetValue<string>())];
    }
}
