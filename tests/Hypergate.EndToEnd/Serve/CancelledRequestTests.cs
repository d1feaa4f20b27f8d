using System.Net;
using Hypergate.EndToEnd.Harness;
using Hypergate.EndToEnd.Security;

namespace Hypergate.EndToEnd.Serve;

/// <summary>A request in a session that its client takes back: nothing is done for it any more, and its stream ends.</summary>
public sealed class CancelledRequestTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("7")]
    [InlineData("\"7\"")]
    public async Task A_request_that_waits_for_its_person_ends_with_its_cancellation(string id)
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, [.. Xo.Acting(xo), ("HYPERGATE_API_KEY", "a-key-of-the-environment-0"), ("HYPERGATE_API_KEY_ROLE", "operator")]);
        const string Key = "a-key-of-the-environment-0";
        var session = await program.InitializeAsync(Key, """{"elicitation":{}}""");
        var halted = xo.World["vms"].All.First(static vm => vm["power_state"]!.GetValue<string>() == "Halted")["id"]!.GetValue<string>();
        (string, string?)[] headers = [("MCP-Protocol-Version", "2025-11-25"), ("Mcp-Session-Id", session), ("X-API-Key", Key)];
        using var asking = await program.OpenAsync(
            $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"vms_action","arguments":{"operation":"StartVm","id":"{{{halted}}}"} } }""", headers);
        using var reader = new StreamReader(await asking.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("elicitation/create", StringComparison.Ordinal))
        {
        }

        var other = await program.SendAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":8}}""", headers);
        var cancelled = await program.SendAsync($$$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{{id}}} } }""", headers);
        var rest = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (other.Status, cancelled.Status));
        Assert.DoesNotContain("\"result\"", rest, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await program.AskOldAsync(session, "ping", key: Key)).Status);
        Assert.Empty(xo.Writes);
    }
}
