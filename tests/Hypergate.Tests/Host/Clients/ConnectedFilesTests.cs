using System.Text.Json;
using Hypergate.Host.Clients;
using Hypergate.Host.Settings;

namespace Hypergate.Tests.Host.Clients;

/// <summary>Files as people have them: behind a link, protected, full of comments and of other servers. For each client that <c>connect</c> knows the file of.</summary>
public sealed class ConnectedFilesTests : ConnectedHome
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static TheoryData<string> Clients => [.. ClientKinds.All.Select(static kind => kind.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Other_servers_stay_and_undo_leaves_them_alone(string client)
    {
        var container = ClientKinds.Find(client)!.Container;
        var before = $$"""
            {
              "theme": "dark",
              "{{container}}": {
                "files": { "command": "npx", "args": ["-y", "files"], "env": {} },
                "remote": { "url": "https://other.example.com/mcp" }
              }
            }
            """;
        Write(client, before);

        await RunAsync(client, "Linux");
        var servers = JsonElement.Parse(await File.ReadAllTextAsync(FileOf(client), Token)).GetProperty(container);
        await RunAsync(client, "Linux", undo: true);

        Assert.Equal(["files", "hypergate", "remote"], servers.EnumerateObject().Select(static server => server.Name).Order(StringComparer.Ordinal));
        Assert.Equal("https://other.example.com/mcp", servers.GetProperty("remote").GetProperty("url").GetString());
        Assert.Equal(before, await File.ReadAllTextAsync(FileOf(client), Token));
    }

    [Theory]
    [InlineData("vscode")]
    [InlineData("zed")]
    public async Task Comments_and_commas_too_many_stay_where_they_are(string client)
    {
        var container = ClientKinds.Find(client)!.Container;
        var before = $"// of mine\n{{\n  /* servers */\n  \"{container}\": {{\n    // the one\n    \"a\": {{ \"command\": \"x\", }}, // that \"stays\" {{\n  }},\n  // the end\n}}\n// behind\n";
        Write(client, before);

        await RunAsync(client, "Linux");
        var after = await File.ReadAllTextAsync(FileOf(client), Token);
        await RunAsync(client, "Linux", undo: true);

        Assert.All(["// of mine", "/* servers */", "// the one", "// that \"stays\" {", "// the end", "// behind"], comment => Assert.Contains(comment, after, StringComparison.Ordinal));
        Assert.NotNull(new JsoncText(after).Find(container, "hypergate", "command"));
        Assert.Equal(before, await File.ReadAllTextAsync(FileOf(client), Token));
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_link_stays_a_link_and_the_file_behind_it_is_changed(string client)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        var file = Behind(client, "{}\n");

        await RunAsync(client, "Linux");
        var after = await File.ReadAllTextAsync(file, Token);
        await RunAsync(client, "Linux", undo: true);

        Assert.Equal(file, new FileInfo(FileOf(client)).LinkTarget);
        Assert.Contains("/opt/hypergate", after, StringComparison.Ordinal);
        Assert.Equal("{}\n", await File.ReadAllTextAsync(file, Token));
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task A_link_to_a_file_that_is_not_there_yet_leads_to_where_it_is_made()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        var file = Behind("cursor", null);

        await RunAsync("cursor", "Linux");

        Assert.Equal(file, new FileInfo(FileOf("cursor")).LinkTarget);
        Assert.Contains("/opt/hypergate", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_leads_to_itself_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf("cursor"))!);
        File.CreateSymbolicLink(FileOf("cursor"), FileOf("cursor"));

        var problem = await Assert.ThrowsAsync<SettingsException>(() => RunAsync("cursor", "Linux"));

        Assert.Contains(FileOf("cursor"), problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_file_that_is_protected_from_writing_is_left_alone_and_so_is_its_folder(string client)
    {
        Write(client, "{}\n");
        Protect(client, isOn: true);
        var there = Directory.GetFileSystemEntries(Path.GetDirectoryName(FileOf(client))!);

        var problem = await Assert.ThrowsAsync<SettingsException>(() => RunAsync(client, "Linux"));

        Assert.Contains($"{FileOf(client)} is protected from writing", problem.Message, StringComparison.Ordinal);
        Assert.Equal("{}\n", await File.ReadAllTextAsync(FileOf(client), Token));
        Assert.Equal(there, Directory.GetFileSystemEntries(Path.GetDirectoryName(FileOf(client))!));
        Protect(client, isOn: false);
    }

    [Fact]
    public async Task What_was_protected_after_our_entry_came_in_is_not_undone()
    {
        Write("zed", "{}\n");
        await RunAsync("zed", "Linux");
        Protect("zed", isOn: true);
        var before = await File.ReadAllTextAsync(FileOf("zed"), Token);

        await Assert.ThrowsAsync<SettingsException>(() => RunAsync("zed", "Linux", undo: true));

        Assert.Equal(before, await File.ReadAllTextAsync(FileOf("zed"), Token));
        Assert.True(File.Exists(FileOf("zed") + ".hypergate-backup"));
        Protect("zed", isOn: false);
    }

    private string Behind(string client, string? text)
    {
        var file = Path.Combine(Home, "dotfiles", "its.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(client))!);
        if (text is not null)
        {
            File.WriteAllText(file, text);
        }

        File.CreateSymbolicLink(FileOf(client), file);
        return file;
    }

    private void Protect(string client, bool isOn)
    {
        if (OperatingSystem.IsWindows())
        {
            File.SetAttributes(FileOf(client), isOn ? FileAttributes.ReadOnly : FileAttributes.Normal);
        }
        else
        {
            File.SetUnixFileMode(FileOf(client), isOn ? UnixFileMode.UserRead : Own);
        }
    }
}
