using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Hypergate.EndToEnd.Harness;

/// <summary><c>hypergate simulate</c> as a process: the platforms of its faces, until it is ended.</summary>
internal sealed class SimulatedFleet : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly JsonElement _line;

    private SimulatedFleet(Process process, JsonElement line)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _line = line;
    }

    /// <summary>Starts it on free ports and waits for the line with addresses and credentials.</summary>
    public static async Task<SimulatedFleet> StartAsync(ProgramFolder folder, params IEnumerable<string> arguments)
    {
        var process = Process.Start(HypergateProgram.StartInfo(folder, ["simulate", .. arguments], []))!;
        process.StandardInput.Close();
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        if (line is null)
        {
            Assert.Fail($"It did not start: {await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
        }

        return new(process, JsonElement.Parse(line!));
    }

    /// <summary>The entries of <c>backends</c> in <c>hypergate.yaml</c>: <c>xo</c>, and each cluster by its name, all with actions.</summary>
    public string Backends
    {
        get
        {
            var text = new StringBuilder();
            if (_line.TryGetProperty("xo", out var xo))
            {
                text.Append($"  - {{ name: xo, kind: xen-orchestra, url: \"{Of(xo, "url")}\", actions: true, auth: {{ token: \"{Of(xo, "token")}\" }} }}\n");
            }

            foreach (var cluster in _line.TryGetProperty("pve", out var clusters) ? clusters.EnumerateArray() : default)
            {
                text.Append($"  - {{ name: {Of(cluster, "name")}, kind: proxmox-ve, url: \"{Of(cluster, "url")}\", actions: true, auth: {{ tokenId: \"{Of(cluster, "tokenId")}\", tokenSecret: \"{Of(cluster, "tokenSecret")}\" }}, tls: {{ fingerprint: \"{Of(cluster, "fingerprint")}\" }} }}\n");
            }

            return text.ToString();
        }
    }

    /// <summary>Takes the platforms away.</summary>
    public async Task StopAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await StopAsync();
        }

        await _errors;
        _process.Dispose();
    }

    private static string? Of(JsonElement value, string name) => value.GetProperty(name).GetString();
}
