using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe;

namespace Hypergate.Tests.Simulator.ProxmoxVe;

/// <summary>The clusters beside lab.</summary>
public class ClustersTests
{
    [Fact]
    public async Task Prod_has_three_nodes_forty_guests_six_storages_and_twelve_users()
    {
        await using var pve = await SimulatedPve.StartAsync(new ProxmoxOptions { Cluster = "prod" });

        var rows = (await pve.GetAsync("/cluster/resources")).Data!.AsArray();

        Assert.Equal(3, Of(rows, "node").Count());
        Assert.Equal(40, Of(rows, "qemu").Count() + Of(rows, "lxc").Count());
        Assert.Equal(6, Of(rows, "storage").Select(static row => row["storage"]!.GetValue<string>()).Distinct().Count());
        Assert.Equal(2, Of(rows, "pool").Count());
        Assert.Equal(12, (await pve.GetAsync("/access/users")).Data!.AsArray().Count);
    }

    [Fact]
    public async Task A_large_cluster_lists_two_thousand_guests_on_thirty_two_nodes()
    {
        await using var pve = await SimulatedPve.StartAsync(new ProxmoxOptions { Cluster = "large", Nodes = 32, Guests = 2000 });

        var rows = (await pve.GetAsync("/cluster/resources")).Data!.AsArray();

        Assert.Equal(32, Of(rows, "node").Count());
        Assert.Equal(2000, Of(rows, "qemu").Count() + Of(rows, "lxc").Count());
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_cluster()
    {
        await using var one = await SimulatedPve.StartAsync(new ProxmoxOptions { Cluster = "prod", Seed = 3 });
        await using var two = await SimulatedPve.StartAsync(new ProxmoxOptions { Cluster = "prod", Seed = 3 });

        Assert.Equal(await TextAsync(one), await TextAsync(two));
    }

    [Theory]
    [InlineData("hour", 60)]
    [InlineData("day", 1440)]
    [InlineData("week", 336)]
    public async Task Figures_come_in_as_many_points_as_their_frame_has(string frame, int points)
    {
        await using var pve = await SimulatedPve.StartAsync(new ProxmoxOptions { Cluster = "prod" });

        var rows = (await pve.GetAsync($"/nodes/prod1/rrddata?timeframe={frame}&cf=AVERAGE")).Data!.AsArray();

        Assert.InRange(rows.Count, points - 1, points);
        Assert.Contains(rows, static row => row!["memused"]!.GetValue<double>() > 0);
    }

    private static async Task<string> TextAsync(SimulatedPve pve)
    {
        var rows = (await pve.GetAsync("/cluster/resources?type=vm")).Data!.AsArray();
        return string.Join('\n', rows.Select(static row => string.Join(' ', ((JsonObject)row!).OrderBy(static field => field.Key, StringComparer.Ordinal).Select(static field => $"{field.Key}={field.Value}"))));
    }

    private static IEnumerable<JsonObject> Of(JsonArray rows, string type) => rows.OfType<JsonObject>().Where(row => row["type"]!.GetValue<string>() == type);
}
