using System.Net;
using System.Text.Json.Nodes;
using Hypergate.EndToEnd.Harness;
using Hypergate.EndToEnd.Security;
using Hypergate.Tests.Shared;

namespace Hypergate.EndToEnd.Replicas;

/// <summary>A key that ends, ends at every replica, with all that is open with it.</summary>
[Trait("Suite", "S9")]
public sealed class ReplicaRevocationTests(PostgresServer server)
{
    [Fact]
    public async Task A_disabled_key_ends_streams_and_scripts_at_both_and_comes_back_at_both()
    {
        await using var world = await ReplicaWorld.StartAsync(server, more: "surfaces: [domains, code]");
        var halted = (await world.HaltedAsync(1))[0];
        var code = JsonValue.Create($"await api.PutVmTag({{ id: '{halted}', tag: 'seen' }}); await api.StartVm({{ id: '{halted}' }})").ToJsonString();
        var paused = JsonNode.Parse((await world.One.CallAsync("execute_code", $$"""{"code":{{code}}}""", world.Anna)).Message.Text)!;
        using var one = await ListenAsync(world.One, world.Anna);
        using var two = await ListenAsync(world.Two, world.Anna);

        await world.DoneAsync("keys", "disable", "anna");
        foreach (var stream in new[] { one, two })
        {
            Task end = stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Same(end, await Task.WhenAny(end, Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await world.One.CallAsync("whoami", key: world.Anna)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.Two.CallAsync("whoami", key: world.Anna)).Status);
        await world.DoneAsync("keys", "enable", "anna");
        await Until.TrueAsync(async () => (await world.One.CallAsync("whoami", key: world.Anna)).Status == HttpStatusCode.OK && (await world.Two.CallAsync("whoami", key: world.Anna)).Status == HttpStatusCode.OK);
        var gone = JsonNode.Parse((await world.One.CallAsync("execute_code", $$"""{"resume":"{{paused["run"]}}","confirm_token":"{{paused["confirm_token"]}}"}""", world.Anna)).Message.Text)!;

        Assert.Contains("The credential of its caller has ended meanwhile.", gone.ToJsonString(), StringComparison.Ordinal);
        Assert.Single(gone["completed_writes"]!.AsArray());
        Assert.Single(world.Xo.Writes);
    }

    [Fact]
    public async Task A_bounded_key_is_bounded_at_both()
    {
        await using var world = await ReplicaWorld.StartAsync(server);
        var key = (await world.DoneAsync("keys", "create", "--name", "bounded", "--role", "admin", "--surfaces", "search", "--writes-per-minute", "0")).Output.Trim();

        foreach (var program in new[] { world.One, world.Two })
        {
            // Each of them learns of it by itself.
            await Until.TrueAsync(async () => (await program.CallAsync("whoami", key: key)).Status == HttpStatusCode.OK);
            var who = await program.CallAsync("whoami", key: key);
            Assert.Contains("your key is shown these surfaces alone: search", who.Message.Text, StringComparison.Ordinal);
            Assert.Contains("at most 0 changes a minute", who.Message.Text, StringComparison.Ordinal);
        }
    }

    private static async Task<HttpResponseMessage> ListenAsync(ServedProgram program, string key)
    {
        var session = await program.InitializeAsync(key);
        return await program.GetAsync("/mcp", headers =>
        {
            headers.Add("Accept", "text/event-stream");
            headers.Add("Mcp-Session-Id", session);
            headers.Add("X-API-Key", key);
        });
    }
}
