using System.Text.Json;
using Hypergate.Host.Clients;
using Hypergate.Host.Settings;

namespace Hypergate.Tests.Host.Clients;

public sealed class ConnectTests : ConnectedHome
{
    public static TheoryData<string, string, string> Paths => new()
    {
        { "claude-desktop", "Linux", ".config/Claude/claude_desktop_config.json" },
        { "claude-desktop", "MacOS", "Library/Application Support/Claude/claude_desktop_config.json" },
        { "claude-desktop", "Windows", "AppData/Roaming/Claude/claude_desktop_config.json" },
        { "claude-code", "Linux", ".claude.json" },
        { "claude-code", "MacOS", ".claude.json" },
        { "claude-code", "Windows", ".claude.json" },
        { "cursor", "Linux", ".cursor/mcp.json" },
        { "cursor", "MacOS", ".cursor/mcp.json" },
        { "cursor", "Windows", ".cursor/mcp.json" },
        { "vscode", "Linux", ".config/Code/User/mcp.json" },
        { "vscode", "MacOS", "Library/Application Support/Code/User/mcp.json" },
        { "vscode", "Windows", "AppData/Roaming/Code/User/mcp.json" },
        { "windsurf", "Linux", ".codeium/windsurf/mcp_config.json" },
        { "windsurf", "MacOS", ".codeium/windsurf/mcp_config.json" },
        { "windsurf", "Windows", ".codeium/windsurf/mcp_config.json" },
        { "zed", "Linux", ".config/zed/settings.json" },
        { "zed", "MacOS", ".config/zed/settings.json" },
        { "zed", "Windows", "AppData/Roaming/Zed/settings.json" },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Each_client_is_found_on_each_system_and_forgotten_again(string client, string system, string path)
    {
        var file = Path.Combine(Home, path);

        await RunAsync(client, system);
        var root = JsonElement.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var entry = root.GetProperty(ClientKinds.Find(client)!.Container).GetProperty("hypergate");

        Assert.Equal("/opt/hypergate", entry.GetProperty("command").GetString());
        Assert.Equal(["bridge", "--url", Url], entry.GetProperty("args").EnumerateArray().Select(static item => item.GetString()));
        await RunAsync(client, system, undo: true);
        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    public void Claude_Desktop_as_a_package_of_Windows_is_found_where_it_reads(bool hasUsual, bool hasPackaged, bool isPackaged)
    {
        var usual = Path.Combine(Home, "AppData", "Roaming", "Claude", "claude_desktop_config.json");
        var packaged = Path.Combine(Home, "AppData", "Local", "Packages", "Claude_pzs8sxrjxfjjc", "LocalCache", "Roaming", "Claude", "claude_desktop_config.json");
        Directory.CreateDirectory(Path.GetDirectoryName(usual)!);
        Directory.CreateDirectory(Path.GetDirectoryName(packaged)!);
        foreach (var file in new[] { (usual, hasUsual), (packaged, hasPackaged) }.Where(static file => file.Item2))
        {
            File.WriteAllText(file.Item1, "{}");
        }

        Assert.Equal(isPackaged ? packaged : usual, ClientKinds.Find("claude-desktop")!.File(ClientPlaces.Of(ClientSystem.Windows, Sources)));
    }

    [Theory]
    [InlineData("claude-code", "${HYPERGATE_API_KEY}")]
    [InlineData("cursor", "${env:HYPERGATE_API_KEY}")]
    [InlineData("windsurf", "${env:HYPERGATE_API_KEY}")]
    [InlineData("vscode", "${input:hypergate-hypergate-api-key}")]
    public async Task A_secret_stays_out_of_the_file_where_the_client_can_take_it_from_elsewhere(string client, string reference)
    {
        var said = await RunAsync(client, "Linux");

        var text = await File.ReadAllTextAsync(FileOf(client), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Key, text + said, StringComparison.Ordinal);
        Assert.Contains(reference, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("claude-desktop")]
    [InlineData("zed")]
    public async Task Where_it_cannot_the_value_is_in_the_file_for_its_owner_alone_and_that_is_said(string client)
    {
        var said = await RunAsync(client, "Linux");

        Assert.Contains(Key, await File.ReadAllTextAsync(FileOf(client), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("its VALUE is in the file", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, said, StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(FileOf(client)) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Theory]
    [InlineData("zed", "// mine\n{\n\t// the theme\n\t\"theme\": \"One\", /* keep */\n\t\"context_servers\": {\n\t\t\"other\": { \"command\": \"x\" }, // also mine\n\t},\n}\n")]
    [InlineData("vscode", "{\r\n    \"inputs\": [\r\n        { \"id\": \"a\" }\r\n    ],\r\n    \"servers\": { \"b\": {} }\r\n}\r\n")]
    [InlineData("cursor", "{\"mcpServers\":{\"a\":{\"command\":\"x\"}}}")]
    [InlineData("cursor", "{}\n")]
    [InlineData("claude-code", "{\n  \"numStartups\": 5,\n  \"projects\": {\"/p\": {\"mcpServers\": {}}}\n}")]
    [InlineData("claude-desktop", "{\n  \"mcpServers\": {}\n}\n")]
    public async Task Everything_else_stays_byte_for_byte_and_undo_leaves_no_trace(string client, string before)
    {
        Write(client, before);

        await RunAsync(client, "Linux");
        var after = await File.ReadAllTextAsync(FileOf(client), TestContext.Current.CancellationToken);
        var again = await RunAsync(client, "Linux");
        var text = new JsoncText(after);

        Assert.NotNull(text.Find(ClientKinds.Find(client)!.Container, "hypergate", "command"));
        Assert.All(before.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(static line => line.Contains("//", StringComparison.Ordinal)), line => Assert.Contains(line, after, StringComparison.Ordinal));
        Assert.Contains("nothing was written", again, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(FileOf(client) + ".hypergate-backup", TestContext.Current.CancellationToken));
        await RunAsync(client, "Linux", undo: true);
        Assert.Equal(before, await File.ReadAllTextAsync(FileOf(client), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_others_have_written_since_survives_undo_and_a_replaced_entry_comes_back()
    {
        const string Old = "{ \"command\": \"old\" }";
        Write("cursor", $$"""{ "mcpServers": { "hypergate": {{Old}} } }""");
        await RunAsync("cursor", "Linux");
        Write("cursor", (await File.ReadAllTextAsync(FileOf("cursor"), TestContext.Current.CancellationToken)).Replace("{ \"mcpServers\"", "{ \"new\": 1, \"mcpServers\"", StringComparison.Ordinal));

        await RunAsync("cursor", "Linux", undo: true);

        Assert.Equal($$"""{ "new": 1, "mcpServers": { "hypergate": {{Old}} } }""", await File.ReadAllTextAsync(FileOf("cursor"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("{ \"mcpServers\": ")]
    [InlineData("[]")]
    [InlineData("{ \"mcpServers\": [] }")]
    public async Task A_file_that_is_broken_is_left_alone(string before)
    {
        Write("cursor", before);

        await Assert.ThrowsAsync<SettingsException>(() => RunAsync("cursor", "Linux"));

        Assert.Equal(before, await File.ReadAllTextAsync(FileOf("cursor"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_dry_run_shows_and_writes_nothing()
    {
        var said = await RunAsync("cursor", "Linux", dryRun: true);

        Assert.Contains("Would write into", said, StringComparison.Ordinal);
        Assert.Contains("\"bridge\"", said, StringComparison.Ordinal);
        Assert.False(File.Exists(FileOf("cursor")));
    }
}
