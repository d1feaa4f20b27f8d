using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Tests.Simulator;

public class WorldSeedTests
{
    private static readonly JsonNode Samples =
        JsonNode.Parse(File.ReadAllText(Repository.Path("tests", "Hypergate.Tests", "Data", "xo", "samples.json")))!;

    private static readonly DataCentre Default = Fill();

    public static TheoryData<string> Collections { get; } =
    [
        .. Samples["collections"]!.AsObject().Select(entry => entry.Key.TrimStart('/')).Where(name => !name.Contains('/', StringComparison.Ordinal)),
    ];

    [Fact]
    public void The_default_data_centre_has_the_size_of_the_recorded_one()
    {
        var world = Default;

        Assert.Equal(3, world["pools"].Count);
        Assert.Equal(12, world["hosts"].Count);
        Assert.Equal(200, world["vms"].Count);
        Assert.Equal(15, world["vm-templates"].Count);
        Assert.Equal(12, world["vm-controllers"].Count);
        Assert.Equal(18, world["srs"].Count);
        Assert.Equal(48, world["pifs"].Count);
        Assert.Equal(36, world["pbds"].Count);
        Assert.Equal(27, world["alarms"].Count);
        Assert.Equal(75, world["messages"].Count);
        Assert.Equal(8, world["acl-roles"].Count);
        Assert.Equal(105, world["acl-privileges"].Count);
        Assert.InRange(world["vdis"].Count, 330, 390);
        Assert.InRange(world["vbds"].Count, 540, 660);
        Assert.InRange(world["vifs"].Count, 245, 285);
    }

    [Theory]
    [InlineData("Running", 118)]
    [InlineData("Halted", 67)]
    [InlineData("Suspended", 10)]
    [InlineData("Paused", 5)]
    public void Power_states_come_in_the_recorded_proportion(string state, int count) =>
        Assert.Equal(count, Default["vms"].All.Count(vm => State(vm) == state));

    [Theory]
    [InlineData(10)]
    [InlineData(200)]
    [InlineData(1234)]
    public void Every_relation_agrees_on_both_sides(int vms) => Assert.Empty(SeedRelations.Broken(Fill(vms)));

    [Fact]
    public void The_same_seed_makes_the_same_world_and_another_seed_another_one()
    {
        Assert.Equal(Text(Fill(50, 3)), Text(Fill(50, 3)));
        Assert.NotEqual(Text(Fill(50, 3)), Text(Fill(50, 4)), StringComparer.Ordinal);
    }

    [Fact]
    public void One_host_is_halted_and_another_disabled()
    {
        var hosts = Default["hosts"].All;

        Assert.Single(hosts, host => State(host) == "Halted");
        Assert.Single(hosts, host => State(host) == "Running" && !host["enabled"]!.GetValue<bool>());
    }

    [Theory]
    [MemberData(nameof(Collections))]
    public void Objects_have_the_fields_of_the_recorded_ones(string collection)
    {
        JsonObject[] recorded = [.. Samples["collections"]![$"/{collection}"]!["objects"]!.AsArray().Select(item => item!.AsObject())];
        var always = recorded.Select(Fields).DefaultIfEmpty([]).Aggregate((one, other) => [.. one.Intersect(other, StringComparer.Ordinal)]);
        var ever = recorded.SelectMany(Fields).ToHashSet(StringComparer.Ordinal);

        foreach (var item in Default[collection].All)
        {
            var missing = always.Where(field => !Fields(item).Contains(field, StringComparer.Ordinal));
            Assert.False(missing.Any(), $"{item["id"]} lacks {string.Join(", ", missing)}");
            var strange = Fields(item).Where(field => !ever.Contains(field));
            Assert.False(strange.Any(), $"{item["id"]} has {string.Join(", ", strange)}");
        }
    }

    [Theory]
    [MemberData(nameof(Collections))]
    public void Every_recorded_set_of_fields_occurs(string collection)
    {
        var ours = Default[collection].All.Select(Shape).ToHashSet(StringComparer.Ordinal);

        foreach (var recorded in Samples["collections"]![$"/{collection}"]!["objects"]!.AsArray())
        {
            Assert.Contains(Shape(recorded!.AsObject()), ours);
        }
    }

    [Fact]
    public void Ten_times_the_vms_take_about_ten_times_as_long_and_not_a_hundred_times()
    {
        Assert.Equal(2000, Fill(2000)["vms"].Count);
        var (few, many) = (Fastest(200), Fastest(2000));
        Assert.True(many < 40 * few, $"{few} {many}");
    }

    // The fastest of some, since other programs run beside this one.
    private static TimeSpan Fastest(int vms) => Enumerable.Range(0, 5).Min(_ =>
    {
        var watch = Stopwatch.StartNew();
        Fill(vms);
        return watch.Elapsed;
    });

    private static DataCentre Fill(int vms = 200, int seed = 7)
    {
        var world = new DataCentre(new ManualTime(), seed);
        WorldSeed.Fill(world, vms, seed);
        return world;
    }

    private static string State(JsonObject item) => item["power_state"]!.GetValue<string>();

    private static string Text(DataCentre world) =>
        string.Concat(world.Collections.SelectMany(collection => collection.All).Select(item => item.ToJsonString()));

    private static List<string> Fields(JsonObject item) =>
        [.. item.Select(field => field.Key).Where(name => name == "_xapiRef" || (name[0] != '_' && name != "href")).Order(StringComparer.Ordinal)];

    /// <summary>Fields and the kinds of their values.</summary>
    private static string Shape(JsonObject item) => string.Join(' ', Fields(item).Select(name => $"{name}:{Kind(item[name])}"));

    private static string Kind(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.Value.ToString(),
    };
}
