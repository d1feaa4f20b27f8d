using System.Net;
using System.Security.Cryptography;
using Hypergate.EndToEnd.Harness;
using Hypergate.Tests.Shared;

namespace Hypergate.EndToEnd.Replicas;

/// <summary>Two processes with data folders of their own: a file that one has taken is given by the other, also when the first is dead.</summary>
[Trait("Suite", "S7")]
[Trait("Rule", "R-OWN")]
public sealed class ReplicaFileTests(PostgresServer server) : IDisposable
{
    private readonly ProgramFolder[] _folders = [new(), new()];
    private readonly List<(string, string)> _variables = [];

    public void Dispose() => Array.ForEach(_folders, static folder => folder.Dispose());

    [Fact]
    public async Task A_file_taken_through_one_process_is_read_and_sent_on_through_the_other()
    {
        await using var platform = await FilePlatform.StartAsync();
        await SetUpAsync(platform, sharedMegabytes: 8);
        var (anna, berta) = (await KeyAsync("anna"), await KeyAsync("berta"));
        await using var one = await ServedProgram.StartReadyAsync(_folders[0], _variables);
        await using var two = await ServedProgram.StartReadyAsync(_folders[1], _variables);

        var file = await ExportAsync(one, anna);
        var (status, bytes) = await GetAsync(two, file.Url, anna);
        var stranger = await GetAsync(two, file.Url, berta);
        await one.KillAsync();
        var import = await two.CallAsync("call_operation", $$"""{"operation":"import","arguments":{"doc":"{{file.Handle}}"} }""", anna);
        var stolen = await two.CallAsync("call_operation", $$"""{"operation":"import","arguments":{"doc":"{{file.Handle}}"} }""", berta);

        var given = Assert.Single(platform.Given);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(given, bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), file.Sha256);
        Assert.Equal(HttpStatusCode.NotFound, stranger.Status);
        Assert.False(import.Message.IsToolError, import.Body);
        Assert.True(stolen.Message.IsToolError, stolen.Body);
        Assert.Equal(given, Assert.Single(platform.Taken));
    }

    [Fact]
    public async Task Of_a_file_too_large_for_the_database_the_other_process_says_where_it_is()
    {
        await using var platform = await FilePlatform.StartAsync();
        await SetUpAsync(platform, sharedMegabytes: 1);
        var anna = await KeyAsync("anna");
        await using var one = await ServedProgram.StartReadyAsync(_folders[0], _variables);
        await using var two = await ServedProgram.StartReadyAsync(_folders[1], _variables);

        var file = await ExportAsync(one, anna);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync(two, file.Url, anna)).Status);
        Assert.Equal(platform.Given[0], (await GetAsync(one, file.Url, anna)).Bytes);
    }

    private async Task SetUpAsync(FilePlatform platform, int sharedMegabytes)
    {
        _folders[0].Write("shelf.dadl", FilePlatform.Description);
        var file = _folders[0].Write("gateway.yaml", $$"""
            surfaces: [search]
            backends: [{ name: shelf, kind: dadl, url: "{{platform.Address}}", actions: true, dadl: { file: ./shelf.dadl } }]
            policy: { confirmation: { unconfirmed: [import] } }
            state: postgres
            postgres: { connection: "{{await server.NewDatabaseAsync()}}", key: "0123456789abcdef0123456789abcdef", sharedFileMegabytes: {{sharedMegabytes}} }
            """);
        _variables.Add(("HYPERGATE_CONFIG", file));
    }

    private static async Task<(string Handle, string Url, string Sha256)> ExportAsync(ServedProgram program, string key)
    {
        var reply = await program.CallAsync("call_operation", """{"operation":"export","arguments":{} }""", key);
        Assert.False(reply.Message.IsToolError, reply.Body);
        var file = reply.Message.Data.GetProperty("value");
        return (file.GetProperty("file").GetString()!, file.GetProperty("url").GetString()!, file.GetProperty("sha256").GetString()!);
    }

    private static async Task<(HttpStatusCode Status, byte[] Bytes)> GetAsync(ServedProgram program, string url, string key)
    {
        using var response = await program.GetAsync(url, headers => headers.Add("X-API-Key", key));
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private async Task<string> KeyAsync(string name)
    {
        var run = await CommandRun.OfAsync(_folders[1], _variables, "keys", "create", "--name", name, "--role", "operator");
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }
}
