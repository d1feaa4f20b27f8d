using System.Net;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.Limits;

/// <summary>Clients behind one proxy are told from each other where the proxy is trusted: whoever guesses keys keeps nobody else out.</summary>
[Trait("Suite", "S15")]
[Trait("Rule", "R-LIMIT")]
public sealed class ProxiedClientsTests : IDisposable
{
    private const string Guesser = "203.0.113.66";
    private const string Colleague = "198.51.100.7";
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Who_guesses_behind_a_trusted_proxy_keeps_out_himself_alone()
    {
        await using var xo = await Xo.StartAsync();
        var key = await KeyAsync();
        await using var program = await StartAsync(xo, "[127.0.0.1, \"10.0.0.0/8\"]");

        await GuessAsync(program, Guesser);

        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(program, key, Guesser));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(program, key, $"{Colleague}, {Guesser}"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(program, key, Colleague));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(program, key, $"{Guesser}, {Colleague}, 10.1.2.3"));
    }

    [Fact]
    public async Task A_header_of_somebody_who_is_no_trusted_proxy_changes_nothing()
    {
        await using var xo = await Xo.StartAsync();
        var key = await KeyAsync();
        await using var program = await StartAsync(xo, "[\"10.0.0.0/8\"]");

        await GuessAsync(program, Guesser);

        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(program, key, Colleague));
    }

    [Fact]
    public async Task A_key_for_a_network_holds_for_clients_of_it_behind_the_proxy()
    {
        await using var xo = await Xo.StartAsync();
        var key = await KeyAsync("--network", "198.51.100.0/24");
        await using var program = await StartAsync(xo, "[127.0.0.1]");

        Assert.Equal(HttpStatusCode.OK, await AskAsync(program, key, Colleague));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(program, key, Guesser));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(program, key, null));
    }

    [Fact]
    public async Task What_is_no_network_is_an_error_at_the_start()
    {
        await using var xo = await Xo.StartAsync();

        var run = await CommandRun.OfAsync(_folder, [], "serve", "--config", Settings(xo, "[caddy]"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("http.trustedProxies[0] must be a network such as 10.1.0.0/16, or an address", run.Error, StringComparison.Ordinal);
    }

    private Task<ServedProgram> StartAsync(Hypergate.Simulator.XenOrchestra.XoSimulator xo, string proxies) => ServedProgram.StartAsync(_folder, [], "--config", Settings(xo, proxies));

    private string Settings(Hypergate.Simulator.XenOrchestra.XoSimulator xo, string proxies) => _folder.Write("hypergate.yaml", $$"""
        backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
        http: { trustedProxies: {{proxies}}, limits: { refusalsPerSecond: 1 } }
        """);

    // Three at once may be wrong; the fourth waits.
    private static async Task GuessAsync(ServedProgram program, string from)
    {
        for (var guess = 0; guess < 4; guess++)
        {
            await AskAsync(program, "hg_wrong", from);
        }
    }

    private static async Task<HttpStatusCode> AskAsync(ServedProgram program, string key, string? from) =>
        (await program.AskAsync("tools/list", "{}", null, "{}", ("X-API-Key", key), ("X-Forwarded-For", from))).Status;

    private async Task<string> KeyAsync(params string[] more)
    {
        var run = await CommandRun.OfAsync(_folder, [], ["keys", "create", "--name", "anna", "--role", "viewer", .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }
}
