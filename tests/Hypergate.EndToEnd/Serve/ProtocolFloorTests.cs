using System.Net;
using System.Text.Json;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Serve;

/// <summary>Suite S7: a client that begins with an older revision than the operator allows is told which there are, over HTTP as over standard input.</summary>
[Trait("Suite", "S7")]
public sealed class ProtocolFloorTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Over_HTTP()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartAsync(_folder, [], "--config", _folder.Write("hypergate.yaml", Settings(xo)));

        var older = await program.AskOldAsync(null, "initialize", Initialize("2025-03-26"));
        var same = await program.AskOldAsync(null, "initialize", Initialize("2025-06-18"));
        var newest = await program.AskAsync("tools/list");

        Assert.Equal(HttpStatusCode.BadRequest, older.Status);
        Assert.False(older.Headers.Contains("Mcp-Session-Id"));
        AssertRefused(older.Message);
        Assert.Equal("2025-06-18", same.Message.GetProperty("result").GetProperty("protocolVersion").GetString());
        Assert.Equal(HttpStatusCode.OK, newest.Status);
    }

    [Fact]
    public async Task Over_standard_input()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.StartWithFile(_folder, Settings(xo));

        var older = await session.AskAsync("initialize", Initialize("2024-11-05"));
        var same = await session.AskAsync("initialize", Initialize("2025-06-18"));

        AssertRefused(older);
        Assert.Equal("2025-06-18", same.GetProperty("result").GetProperty("protocolVersion").GetString());
    }

    private static void AssertRefused(JsonElement message)
    {
        var error = message.GetProperty("error");
        Assert.Equal(-32022, error.GetProperty("code").GetInt32());
        Assert.Contains("older than this gateway speaks", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(["2025-06-18", "2025-11-25", "2026-07-28"], error.GetProperty("data").GetProperty("supported").EnumerateArray().Select(static version => version.GetString()));
    }

    private static string Initialize(string version) => $$$"""{"protocolVersion":"{{{version}}}","capabilities":{},"clientInfo":{"name":"e2e","version":"1"}}""";

    private static string Settings(Hypergate.Simulator.XenOrchestra.XoSimulator xo) => $$"""
        backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
        minimumProtocolVersion: 2025-06-18
        """;
}
