using System.Diagnostics;
using System.Text.Json;
using Hypergate.Scripting;

namespace Hypergate.Tests.Scripting;

/// <summary>What a program in place of the worker could do with the worker's own command line: nothing.</summary>
public sealed class NodeRightsTests : IDisposable
{
    private const string Probe = """
        import { writeSync } from 'node:fs'
        const tries = {
          node_fs_read: async () => (await import('node:fs')).readFileSync('/etc/hostname'),
          node_fs_read_folder: async () => (await import('node:fs')).readdirSync('/'),
          node_fs_write: async () => (await import('node:fs')).writeFileSync('/tmp/hypergate-probe', 'x'),
          node_child_process: async () => (await import('node:child_process')).execSync('true'),
          node_worker: async () => new (await import('node:worker_threads')).Worker('1', { eval: true }),
          node_wasi: async () => new (await import('node:wasi')).WASI({ version: 'preview1' }),
          node_inspector: async () => (await import('node:inspector')).open(0),
          node_eval: async () => new Function('return 1')(),
          node_addon: async () => process.dlopen({ exports: {} }, '/usr/lib/x.node'),
          node_network: async () => new Promise((done, failed) => import('node:net').then(net => net.connect(PORT, '127.0.0.1').on('connect', done).on('error', failed))),
        }
        const result = { env: Object.keys(process.env) }
        for (const [name, attempt] of Object.entries(tries)) {
          try { await attempt(); result[name] = 'POSSIBLE' } catch (error) { result[name] = error.code ?? error.name }
        }
        writeSync(1, JSON.stringify(result))
        process.exit(0)
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("hypergate-probe-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Trait("case", "node_fs_read_denied")]
    [Trait("case", "node_fs_write_denied")]
    [Trait("case", "node_child_process_denied")]
    [Trait("case", "node_worker_denied")]
    [Trait("case", "node_wasi_denied")]
    [Trait("case", "node_inspector_denied")]
    [Trait("case", "node_network_denied_or_isolated")]
    [Trait("case", "node_env_empty")]
    [Fact]
    public async Task Files_processes_threads_the_network_and_the_environment_are_out_of_reach()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var node = await new NodeProbe(new ScriptingSettings()).FindAsync(TestContext.Current.CancellationToken);
        var result = await RunAsync(node, Probe.Replace("PORT", ((System.Net.IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));

        Assert.Equal(0, result.GetProperty("env").GetArrayLength());
        Assert.All(
            result.EnumerateObject().Where(property => property.Name is not "env" && (property.Name != "node_network" || node.HasNoNetwork)),
            static property => Assert.True(property.Value.GetString() != "POSSIBLE", property.Name));
    }

    [Trait("case", "node_options_not_inherited")]
    [Fact]
    public async Task Permissions_are_never_left_out_and_node_options_are_not_inherited()
    {
        Environment.SetEnvironmentVariable("NODE_OPTIONS", "--max-http-header-size=1");
        try
        {
            var node = await new NodeProbe(new ScriptingSettings()).FindAsync(TestContext.Current.CancellationToken);
            var result = await RunAsync(node, "import { writeSync } from 'node:fs'; writeSync(1, JSON.stringify({ options: process.execArgv, node: process.env.NODE_OPTIONS ?? null, permission: process.permission.has('fs.write') }))");

            Assert.Contains(node.Flags, static flag => flag is "--permission" or "--experimental-permission");
            Assert.Equal(JsonValueKind.Null, result.GetProperty("node").ValueKind);
            Assert.False(result.GetProperty("permission").GetBoolean());
        }
        finally
        {
            Environment.SetEnvironmentVariable("NODE_OPTIONS", null);
        }
    }

    private async Task<JsonElement> RunAsync(NodeInstallation node, string program)
    {
        var file = Path.Combine(_folder, "probe.mjs");
        await File.WriteAllTextAsync(file, program, TestContext.Current.CancellationToken);
        using var process = Process.Start(WorkerProcess.Command(node, file))!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(output.Length > 0, await errors);
        return JsonElement.Parse(output);
    }
}
