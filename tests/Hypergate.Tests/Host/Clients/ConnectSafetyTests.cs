using System.Text;
using System.Text.Json;
using Hypergate.Host.Cli;
using Hypergate.Host.Clients;
using Hypergate.Host.Settings;

namespace Hypergate.Tests.Host.Clients;

/// <summary>Files of assistants belong to somebody else: what <c>connect</c> does not understand, did not write or cannot write stays as it is.</summary>
public sealed class ConnectSafetyTests : ConnectedHome
{
    [Fact]
    public async Task A_mark_of_byte_order_stays()
    {
        const string Before = "\uFEFF{\r\n  \"mcpServers\": {}\r\n}\r\n";
        Write("cursor", Before);

        await RunAsync("cursor", "Linux");

        Assert.StartsWith("\uFEFF{", Encoding.UTF8.GetString(await File.ReadAllBytesAsync(FileOf("cursor"), TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        await RunAsync("cursor", "Linux", undo: true);
        Assert.Equal(Encoding.UTF8.GetBytes(Before), await File.ReadAllBytesAsync(FileOf("cursor"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_not_in_utf_8_is_left_alone()
    {
        byte[] before = [.. "{\"a\":\""u8, 0xE9, .. "\"}"u8];
        Write("cursor", "");
        await File.WriteAllBytesAsync(FileOf("cursor"), before, TestContext.Current.CancellationToken);

        var problem = await Assert.ThrowsAsync<SettingsException>(() => RunAsync("cursor", "Linux"));

        Assert.Contains("UTF-8", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(FileOf("cursor"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    public async Task A_file_with_half_a_character_is_left_alone(string before)
    {
        Write("cursor", before);

        var problem = await Assert.ThrowsAsync<SettingsException>(() => RunAsync("cursor", "Linux"));

        Assert.Contains("half a character", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(FileOf("cursor"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_entry_of_our_name_that_starts_another_program_is_not_taken_away()
    {
        const string Before = """{ "mcpServers": { "hypergate": { "command": "npx", "args": ["mine"] } } }""";
        Write("cursor", Before);
        await RunAsync("cursor", "Linux");
        await RunAsync("cursor", "Linux", undo: true);

        var said = await RunAsync("cursor", "Linux", undo: true);

        Assert.Contains("starts npx and is not from here; it stays", said, StringComparison.Ordinal);
        Assert.Equal(Before, await File.ReadAllTextAsync(FileOf("cursor"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_replaced_comes_back_though_our_entry_was_changed_in_between()
    {
        const string Before = """{ "mcpServers": { "hypergate": { "command": "npx" } } }""";
        Write("cursor", Before);
        await RunAsync("cursor", "Linux");
        await RunAsync("cursor", "Linux", fingerprint: Fingerprint);

        await RunAsync("cursor", "Linux", undo: true);

        Assert.Equal(Before, await File.ReadAllTextAsync(FileOf("cursor"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_entries_of_ours_go_in_any_order()
    {
        await RunAsync("cursor", "Linux");
        await RunAsync("cursor", "Linux", name: "second");

        await RunAsync("cursor", "Linux", undo: true);
        Assert.Contains("second", await File.ReadAllTextAsync(FileOf("cursor"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await RunAsync("cursor", "Linux", undo: true, name: "second");

        Assert.Empty(new JsoncText(await File.ReadAllTextAsync(FileOf("cursor"), TestContext.Current.CancellationToken)).Find("mcpServers")!.Members);
    }

    [Fact]
    public async Task What_the_bridge_is_to_trust_is_in_its_arguments()
    {
        await RunAsync("cursor", "Linux", fingerprint: Fingerprint);

        var entry = JsonElement.Parse(await File.ReadAllTextAsync(FileOf("cursor"), TestContext.Current.CancellationToken)).GetProperty("mcpServers").GetProperty("hypergate");

        Assert.Equal(["bridge", "--url", Url, "--fingerprint", Fingerprint], entry.GetProperty("args").EnumerateArray().Select(static item => item.GetString()));
    }

    [Theory]
    [InlineData("http://gateway.example.com/mcp", true)]
    [InlineData("http://127.0.0.1:8420/mcp", false)]
    [InlineData(Url, false)]
    public async Task A_bridge_on_which_the_key_could_be_read_is_told(string url, bool isTold) =>
        Assert.Equal(isTold, (await RunAsync("cursor", "Linux", url: url)).Contains("anybody on the way can read the credential", StringComparison.Ordinal));

    [Fact]
    public async Task A_file_that_cannot_be_written_is_named_and_nothing_is_left_beside_it()
    {
        Directory.CreateDirectory(FileOf("cursor"));

        var problem = await Assert.ThrowsAsync<SettingsException>(() => RunAsync("cursor", "Linux"));

        Assert.Contains(FileOf("cursor"), problem.Message, StringComparison.Ordinal);
        Assert.Equal([FileOf("cursor")], Directory.GetFileSystemEntries(Path.GetDirectoryName(FileOf("cursor"))!));
    }

    [Fact]
    public async Task Variables_of_every_platform_are_handed_on_and_a_gap_is_told()
    {
        var sources = Sources with { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PXCLOUD_URL"] = "https://px.example.com:8443", ["PXCLOUD_USER"] = "admin" } };
        await using var output = new StringWriter();

        await ConnectCommand.RunAsync(new ConnectWish("cursor", "hypergate", null, false, false, "/opt/hypergate"), sources, ClientSystem.Linux, new Terminal(() => output, () => output, null));

        Assert.Contains("\"PXCLOUD_URL\": \"https://px.example.com:8443\"", await File.ReadAllTextAsync(FileOf("cursor"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("it does not start yet", output.ToString(), StringComparison.Ordinal);
    }
}
