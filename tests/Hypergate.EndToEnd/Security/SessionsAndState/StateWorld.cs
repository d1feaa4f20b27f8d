using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.EndToEnd.Security.SessionsAndState;

/// <summary>A served gateway, and two people with the same rights, each once as one whose changes others must approve.</summary>
public sealed class StateWorld : IAsyncLifetime
{
    private readonly ProgramFolder _folder = new();
    private XoSimulator? _xo;
    private ServedProgram? _program;
    private Queue<string> _halted = new();

    internal XoSimulator Xo => _xo!;

    internal ServedProgram Program => _program!;

    internal Person Anna { get; private set; } = new("", "");

    internal Person Bob { get; private set; } = new("", "");

    public async ValueTask InitializeAsync()
    {
        _xo = await Harness.Xo.StartAsync(Harness.Xo.Small with { Vms = 120 });
        var file = _folder.Write("hypergate.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Harness.Xo.Address(_xo)}}", auth: { token: "{{_xo.Token}}" }, actions: true }]
            surfaces: [domains, code]
            scripting: { workers: 8 }
            roles: { careful: { allow: [{ access: [read, write] }], confirm: [{ access: write, confirm: approve }] } }
            """);
        (Anna, Bob) = (new(await KeyAsync("anna", "admin"), await KeyAsync("anna-careful", "careful")), new(await KeyAsync("bob", "admin"), await KeyAsync("bob-careful", "careful")));
        _program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);
        var list = await _program.CallAsync("vms_query", """{"operation":"GetVms","filter":"power_state:Halted","fields":"id","limit":100,"format":"csv"}""", Anna.Key);
        _halted = new(list.Message.Data.GetProperty("rows").EnumerateArray().Select(static row => row.GetProperty("id").GetString()!));
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        await Xo.DisposeAsync();
        _folder.Dispose();
    }

    internal string NextVm() => _halted.Dequeue();

    /// <summary>What was changed with consent is no longer of interest.</summary>
    internal void Forget() => Xo.Requests.Clear();

    private async Task<string> KeyAsync(string name, string role)
    {
        var run = await CommandRun.OfAsync(_folder, [], "keys", "create", "--name", name, "--role", role);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }
}

/// <summary>Somebody's keys.</summary>
/// <param name="Careful">With it, changes wait for somebody else.</param>
internal sealed record Person(string Key, string Careful);
