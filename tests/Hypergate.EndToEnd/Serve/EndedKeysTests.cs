using System.Net;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Serve;

/// <summary>Keys that are taken back, for good or for a time, and those that follow others.</summary>
public sealed class EndedKeysTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_revoked_key_ends_what_is_open_with_it()
    {
        await using var xo = await Xo.StartAsync();
        var key = await CreateAsync("claude", "viewer");
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));
        using var stream = await OpenAsync(program, key);

        Assert.Equal(0, (await CommandRun.OfAsync(_folder, [], "keys", "revoke", "claude")).ExitCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await program.CallAsync("whoami", key: key)).Status);
        await SessionStream.EndAsync(stream);
    }

    [Fact]
    public async Task A_disabled_key_ends_what_is_open_with_it_and_can_be_given_back()
    {
        await using var xo = await Xo.StartAsync();
        var key = await CreateAsync("claude", "viewer");
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));
        using var stream = await OpenAsync(program, key);

        var disabled = await CommandRun.OfAsync(_folder, [], "keys", "disable", "claude");
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.CallAsync("whoami", key: key)).Status);
        await SessionStream.EndAsync(stream);
        var page = await CommandRun.OfAsync(_folder, [], "keys", "show", "claude");
        var again = await CommandRun.OfAsync(_folder, [], "keys", "disable", "claude");
        var same = await CommandRun.OfAsync(_folder, [], "keys", "create", "--name", "claude", "--role", "viewer");
        var enabled = await CommandRun.OfAsync(_folder, [], "keys", "enable", "claude");

        Assert.Equal("Disabled 1 key of 'claude'. To give back: hypergate keys enable claude", disabled.Output.Trim());
        Assert.Matches("state +disabled", page.Output);
        Assert.Matches("disabled +20[0-9-]+ ", page.Output);
        Assert.Contains("There is no valid key 'claude'", again.Error, StringComparison.Ordinal);
        Assert.Contains("There is a key named 'claude' already, which is disabled", same.Error, StringComparison.Ordinal);
        Assert.Equal("Enabled 1 key of 'claude'.", enabled.Output.Trim());
        Assert.Equal(HttpStatusCode.OK, (await program.CallAsync("whoami", key: key)).Status);
        Assert.Contains("There is no disabled key 'claude'", (await CommandRun.OfAsync(_folder, [], "keys", "enable", "claude")).Error, StringComparison.Ordinal);
        var audit = await CommandRun.OfAsync(_folder, [], "audit", "tail", "--folder", Path.Combine(_folder.Data, "audit"));
        Assert.Contains("key_disabled", audit.Output, StringComparison.Ordinal);
        Assert.Contains("key_enabled", audit.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_key_holds_beside_the_new_one_for_the_grace_time_alone()
    {
        await using var xo = await Xo.StartAsync();
        var old = await CreateAsync("claude", "viewer");
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));

        var next = (await CommandRun.OfAsync(_folder, [], "keys", "rotate", "claude")).Output.Trim();
        Assert.Equal(HttpStatusCode.OK, (await program.CallAsync("whoami", key: old)).Status);
        Assert.Equal(HttpStatusCode.OK, (await program.CallAsync("whoami", key: next)).Status);

        var last = (await CommandRun.OfAsync(_folder, [], "keys", "rotate", "claude", "--grace", "0h")).Output.Trim();
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.CallAsync("whoami", key: next)).Status);
        Assert.Equal(HttpStatusCode.OK, (await program.CallAsync("whoami", key: last)).Status);
    }

    private static async Task<HttpResponseMessage> OpenAsync(ServedProgram program, string key)
    {
        var stream = await SessionStream.OpenAsync(program, await program.InitializeAsync(key), key);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        return stream;
    }

    private Task<string> CreateAsync(string name, string role, params IEnumerable<string> more) =>
        CommandRun.DoneAsync(_folder, ["keys", "create", "--name", name, "--role", role, .. more]);
}
