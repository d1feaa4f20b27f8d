using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>One filling of a data centre: the same seed and time make the same objects, to the last id.</summary>
internal sealed class SeedRun(DataCentre world, int seed)
{
    private readonly Random _random = new(seed);

    public DataCentre World { get; } = world;

    /// <summary>The full hour in which the data centre begins: all other times lie before it.</summary>
    public DateTimeOffset Now { get; } = FullHour(world.Time.GetUtcNow());

    /// <summary>The pools, in the order in which they were made.</summary>
    public List<PoolPlan> Pools { get; } = [];

    public long SecondsAgo(TimeSpan age) => (Now - age).ToUnixTimeSeconds();

    public int Next(int below) => _random.Next(below);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    public void Shuffle<T>(T[] items) => _random.Shuffle(items);

    /// <summary>A hardware address of the range that Xen gives to guests.</summary>
    public string MacAddress() => $"00:16:3e:{Next(256):x2}:{Next(256):x2}:{Next(256):x2}";

    private static DateTimeOffset FullHour(DateTimeOffset time) =>
        new(time.Year, time.Month, time.Day, time.Hour, 0, 0, TimeSpan.Zero);
}

/// <summary>A pool under construction, with what its VMs need to find.</summary>
/// <param name="Prefix">What the names of its hosts and VMs begin with.</param>
internal sealed record PoolPlan(string Id, string Name, string Prefix, JsonObject Pool)
{
    public List<JsonObject> Hosts { get; } = [];

    /// <summary>Host by host, the disk storage of that host alone.</summary>
    public List<JsonObject> LocalStorage { get; } = [];

    public JsonObject? SharedStorage { get; set; }

    /// <summary>Management, VMs, DMZ and backup, in this order.</summary>
    public List<JsonObject> Networks { get; } = [];

    /// <summary>The hosts that may run VMs.</summary>
    public IReadOnlyList<JsonObject> ReadyHosts =>
        [.. Hosts.Where(host => host.Text("power_state") == "Running" && host.Flag("enabled"))];
}
