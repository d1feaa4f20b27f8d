using System.Text.Json.Nodes;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.EndToEnd.Security.CrossClient;

/// <summary>Eight callers of one gateway, each with a platform of its own whose objects all carry the caller's marker.</summary>
public sealed class SaltedWorlds : IAsyncLifetime
{
    public const int Callers = 8;

    private readonly ProgramFolder _folder = new();
    private readonly List<XoSimulator> _worlds = [];
    private ServedProgram? _program;

    internal ServedProgram Program => _program!;

    internal IReadOnlyList<SaltedCaller> All { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _worlds.AddRange(await Task.WhenAll(Enumerable.Range(0, Callers).Select(static number => Xo.StartAsync(Xo.Small with { Seed = 100 + number, Vms = 12 }))));
        var file = _folder.Write("hypergate.yaml", $"""
            backends:
            {string.Join('\n', _worlds.Select(static (xo, number) => $$"""  - { name: b{{number}}, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }"""))}
            surfaces: [domains, search, fleet, query]
            """);
        var callers = new List<SaltedCaller>();
        foreach (var (xo, number) in _worlds.Select(static (xo, number) => (xo, number)))
        {
            var run = await CommandRun.OfAsync(_folder, [], "keys", "create", "--name", $"caller{number}", "--role", "viewer", "--backends", $"b{number}");
            Assert.True(run.ExitCode == 0, run.Error);
            callers.Add(new SaltedCaller(number, run.Output.Trim(), $"marker-{number}-{Guid.NewGuid():n}", Salt(xo, number)));
        }

        foreach (var caller in callers)
        {
            Mark(_worlds[caller.Number], caller.Marker);
        }

        _program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);
        var sessions = await Task.WhenAll(callers.Select(caller => _program.InitializeAsync(caller.Key)));
        All = [.. callers.Select(caller => caller with { Session = sessions[caller.Number] })];
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        foreach (var world in _worlds)
        {
            await world.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static List<string> Salt(XoSimulator xo, int number)
    {
        var ids = xo.World.Read(() => xo.World["vms"].All.Select(static vm => vm["id"]!.GetValue<string>()).ToList());
        Assert.True(ids.Count > 0, $"World {number} is empty.");
        return ids;
    }

    private static void Mark(XoSimulator xo, string marker) => xo.World.Write(() =>
    {
        foreach (var collection in (string[])["vms", "hosts", "pools", "srs", "networks"])
        {
            foreach (var id in xo.World[collection].All.Select(static item => item["id"]!.GetValue<string>()).ToList())
            {
                xo.World[collection].Change(id, item => item["name_label"] = $"{marker} {id[..4]}");
                if (collection == "vms")
                {
                    xo.World[collection].Change(id, item => item["tags"] = new JsonArray(marker));
                }
            }
        }

        return true;
    });
}

/// <param name="Marker">In every name of its world, and in no other's.</param>
/// <param name="Ids">Its guests.</param>
internal sealed record SaltedCaller(int Number, string Key, string Marker, IReadOnlyList<string> Ids)
{
    public string Session { get; init; } = "";
}
