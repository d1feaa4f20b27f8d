using System.Net;
using Hypergate.EndToEnd.Harness;
using Hypergate.EndToEnd.Replicas;
using Hypergate.Tests.Shared;

namespace Hypergate.EndToEnd.Deploy;

/// <summary>What <c>deploy/compose</c> promises, without containers: two gateways and a database behind a real proxy.</summary>
public sealed class ProxiedReplicasTests(PostgresServer server) : IDisposable
{
    private const string Initialize = """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"e2e","version":"1"}}""";
    private const int Clients = 8;
    private const int Calls = 25;
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_call_in_a_session_is_answered_whole_whichever_gateway_it_comes_to()
    {
        Assert.SkipUnless(File.Exists(CaddyProxy.Program), "There is no Caddy here.");
        var port = Xo.FreePort();
        await using var world = await ReplicaWorld.StartAsync(server, port);
        await using var proxy = await CaddyProxy.StartAsync(_folder, port);
        var session = (await proxy.AskAsync(world.Anna, null, "initialize", Initialize)).Session;

        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => ManyAsync(proxy, world.Anna, session)));
        Assert.All(answers.SelectMany(static many => many), AssertAnswered);
    }

    private static void AssertAnswered((HttpStatusCode Status, string? Session, string Body) answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("\"result\":{", answer.Body, StringComparison.Ordinal);
    }

    private static async Task<List<(HttpStatusCode Status, string? Session, string Body)>> ManyAsync(CaddyProxy proxy, string key, string? session)
    {
        var answers = new List<(HttpStatusCode, string?, string)>();
        for (var call = 0; call < Calls; call++)
        {
            answers.Add(await proxy.AskAsync(key, session, "tools/call", """{"name":"whoami","arguments":{}}"""));
        }

        return answers;
    }
}
