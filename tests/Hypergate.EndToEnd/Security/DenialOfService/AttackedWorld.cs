using System.Diagnostics;
using System.Globalization;
using System.Net;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.EndToEnd.Security.DenialOfService;

/// <summary>One served gateway with a good platform and a hostile one, somebody who works and somebody who attacks.</summary>
public sealed class AttackedWorld : IAsyncLifetime
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    private readonly ProgramFolder _folder = new();
    private readonly HostilePlatform _platform = new();
    private XoSimulator? _xo;
    private ServedProgram? _program;
    private string _worker = "";
    private (Task<string> Outside, Task<string> Inside)? _slowReaders;

    /// <summary>The attacker's own key.</summary>
    public string Key { get; private set; } = "";

    /// <summary>How long the worker's calls take in peace: of a hundred, the longest but one.</summary>
    public TimeSpan Calm { get; private set; }

    /// <summary>It takes more than a minute until one who reads nothing is given up, so both sides are at it at once.</summary>
    internal (Task<string> Outside, Task<string> Inside) SlowReaders => _slowReaders ??= (new ClientAttacks(this, null).SlowReaderAsync(), new ClientAttacks(this, Key).SlowReaderAsync());

    internal HostilePlatform Platform => _platform;

    internal ServedProgram Program => _program!;

    internal int Port => Program.Address.Port;

    public async ValueTask InitializeAsync()
    {
        _xo = await Xo.StartAsync();
        _worker = await KeyAsync("worker");
        Key = await KeyAsync("attacker");
        HostileDescriptions.Write(_folder);
        var file = _folder.Write("hypergate.yaml", $$"""
            surfaces: [search]
            backends:
              - { name: xo, kind: xen-orchestra, url: "{{Xo.Address(_xo)}}", auth: { token: "{{_xo.Token}}" } }
            {{string.Join('\n', HostileDescriptions.Backends(_platform.Address))}}
            """);
        _program = await ServedProgram.StartAsync(_folder, [], "--config", file);
        await Until.TrueAsync(async () => (await WorkAsync()).IsDone);
        Calm = await CalmNowAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        await _platform.DisposeAsync();
        await _xo!.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>How long calls take in peace at this moment: of a hundred the longest but one.</summary>
    internal async Task<TimeSpan> CalmNowAsync() => (await PeaceAsync(100)).Order().SkipLast(1).Last();

    /// <summary>Lets the worker work while something happens: what it gave, and how long the worker's calls took, of a hundred the longest but one.</summary>
    internal async Task<(T End, TimeSpan Others)> MeanwhileAsync<T>(Func<Task<T>> attack)
    {
        var running = Task.Run(attack);
        var times = new List<TimeSpan>();

        // Work goes on at an even pace; whoever asks without a break would come to limits of their own.
        using var pace = new PeriodicTimer(Pace);
        while ((!running.IsCompleted || times.Count < 50) && await pace.WaitForNextTickAsync())
        {
            var (isDone, elapsed, answer) = await WorkAsync();
            Assert.True(isDone, $"Somebody who works was not answered: {answer}");
            times.Add(elapsed);
        }

        var sorted = times.Order().ToList();
        return (await running, sorted[Math.Max(0, (sorted.Count * 99 / 100) - 1)]);
    }

    /// <summary>The attacker calls an operation, with a key.</summary>
    internal Task<McpReply> CallAsync(string backend, string operation, string arguments = "{}") => Program.CallAsync(
        "call_operation", $$"""{"backend":"{{backend}}","operation":"{{operation}}","arguments":{{arguments}}}""", Key);

    /// <summary>The most memory that the program has had at once since the last look.</summary>
    internal int PeakMegabytes()
    {
        var line = File.ReadLines($"/proc/{Program.ProcessId}/status").First(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        File.WriteAllText($"/proc/{Program.ProcessId}/clear_refs", "5");
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private async Task<(bool IsDone, TimeSpan Elapsed, string Answer)> WorkAsync()
    {
        var clock = Stopwatch.StartNew();
        var reply = await Program.CallAsync("call_operation", """{"backend":"xo","operation":"GetVms","arguments":{"limit":2}}""", _worker);
        return (reply.Status == HttpStatusCode.OK && !reply.Body.Contains("\"isError\":true", StringComparison.Ordinal), clock.Elapsed, reply.Body);
    }

    private async Task<List<TimeSpan>> PeaceAsync(int count)
    {
        var times = new List<TimeSpan>();
        for (var number = 0; number < count; number++)
        {
            times.Add((await WorkAsync()).Elapsed);
        }

        return times;
    }

    private async Task<string> KeyAsync(string name)
    {
        var run = await CommandRun.OfAsync(_folder, [], "keys", "create", "--name", name, "--role", "viewer");
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }
}
