using System.Text.Json;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Serve;

/// <summary>How a served gateway stands: in its log at the start, and in its health for those who administer it.</summary>
public sealed class PostureTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_log_tells_at_the_start_how_it_stands_a_line_for_each_thing()
    {
        await using var xo = await Xo.StartAsync();
        Settings(xo, """
            roles: { ops: { allow: [{ access: [read, write, admin, dangerous] }] } }
            policy: { confirmation: { dangerous: four-eyes, dangerousByToken: false } }
            http: { trustedProxies: ["10.0.0.0/8"], keyInPath: true }
            """);
        await CreateAsync("anna", "viewer");
        await using var program = await StartAsync();
        await Until.TrueAsync(async () => (await program.GetAsync("/healthz/ready")).IsSuccessStatusCode);

        var lines = (await program.StopAsync()).Errors.Split('\n');

        Assert.Contains($"listens    {program.Address.Authority}, for this machine alone, without TLS", lines);
        Assert.Contains("signs in   1 API key; nobody without", lines);
        Assert.Contains("read only  xo (actions: false)", lines);
        Assert.Contains("roles      ops, admin reach what destroys; ops, admin what administers", lines);
        Assert.Contains("consent    write confirm, admin confirm, dangerous four-eyes", lines);
        Assert.Contains($"audit      {Path.Combine(_folder.Data, "audit")}, 90 days", lines);
        Assert.Contains("scripts    none run", lines);
        Assert.Contains("proxies    10.0.0.0/8 tell where requests come from", lines);
        Assert.Contains("insecure   keys in addresses (http.keyInPath)", lines);
    }

    [Fact]
    public async Task Health_tells_administrators_what_is_not_as_it_should_be_and_nobody_else()
    {
        await using var xo = await Xo.StartAsync();
        Settings(xo, "");
        var (admin, viewer) = (await CreateAsync("admin", "admin", "--expires", "3d", "--read-only"), await CreateAsync("viewer", "viewer"));
        await using var program = await StartAsync();
        await Until.TrueAsync(async () => (await program.GetAsync("/healthz/ready")).IsSuccessStatusCode);

        Settings(xo, "surfacse: [fleet]");
        await Until.TrueAsync(async () => (await NotesAsync(program, admin))!.Any(static note => note.Contains("surfacse is not a known setting", StringComparison.Ordinal)));

        Assert.Contains(await NotesAsync(program, admin) ?? [], static note => note.StartsWith("The key admin (", StringComparison.Ordinal));
        Assert.Null(await NotesAsync(program, viewer));
        Assert.Null(await NotesAsync(program, null));

        Settings(xo, "surfaces: [fleet]");
        await Until.TrueAsync(async () => !(await NotesAsync(program, admin))!.Any(static note => note.Contains("surfacse", StringComparison.Ordinal)));
    }

    private static async Task<IReadOnlyList<string>?> NotesAsync(ServedProgram program, string? key)
    {
        using var response = await program.GetAsync("/healthz/ready", headers =>
        {
            if (key is not null)
            {
                headers.Add("X-API-Key", key);
            }
        });
        var health = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return health.TryGetProperty("notes", out var notes) ? [.. notes.EnumerateArray().Select(static note => note.GetString()!)] : null;
    }

    private Task<ServedProgram> StartAsync() => ServedProgram.StartAsync(_folder, [], "--config", Path.Combine(_folder.Path, "hypergate.yaml"));

    private string Settings(Hypergate.Simulator.XenOrchestra.XoSimulator xo, string more) => _folder.Write("hypergate.yaml", $$"""
        backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
        {{more}}
        """);

    private Task<string> CreateAsync(string name, string role, params string[] more) =>
        CommandRun.DoneAsync(_folder, ["keys", "create", "--name", name, "--role", role, .. more]);
}
