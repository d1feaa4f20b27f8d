using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Tests.Simulator;

public class ReportRulesTests
{
    private static readonly JsonNode Samples =
        JsonNode.Parse(File.ReadAllText(Repository.Path("tests", "Hypergate.Tests", "Data", "xo", "samples.json")))!;

    private readonly RulesWorld _world = new(vms: 200);

    [Fact]
    public void The_dashboard_counts_what_there_is()
    {
        var dashboard = _world.Run("GET /dashboard", "")!;
        var recorded = Samples["singles"]!["/dashboard"]!;

        foreach (var part in new[] { "nPools", "nHosts", "resourcesOverview", "poolsStatus", "missingPatches", "hostsStatus", "vmsStatus" })
        {
            Assert.True(JsonNode.DeepEquals(recorded[part], dashboard[part]), $"{part}: {dashboard[part]}");
        }

        Assert.True(JsonNode.DeepEquals(recorded["backups"]!["jobs"], dashboard["backups"]!["jobs"]));
        Assert.Equal(Names(recorded["storageRepositories"]!["size"]!), Names(dashboard["storageRepositories"]!["size"]!));
        Assert.Equal(200, dashboard["backups"]!["vmsProtection"]!.AsObject().Sum(part => part.Value!.GetValue<int>()));
    }

    [Theory]
    [InlineData("edge")]
    [InlineData("prod")]
    public void A_pools_dashboard_has_the_recorded_form_and_its_own_numbers(string name)
    {
        var recorded = Samples["subs"]!.AsObject().Where(sub => sub.Key.StartsWith("/pools/", StringComparison.Ordinal) && sub.Key.EndsWith("/dashboard", StringComparison.Ordinal))
            .First(sub => sub.Value!["vms"]!["status"]!["total"]!.GetValue<int>() == (name == "edge" ? 20 : 120)).Value!;

        var dashboard = _world.Run("GET /pools/{id}/dashboard", _world.Pool(name))!;

        Assert.Equal(Names(recorded), Names(dashboard));
        Assert.True(JsonNode.DeepEquals(recorded["vms"]!["status"], dashboard["vms"]!["status"]));
        Assert.True(JsonNode.DeepEquals(recorded["hosts"]!["status"], dashboard["hosts"]!["status"]));
        Assert.Equal(recorded["alarms"]!.AsArray().Count, dashboard["alarms"]!.AsArray().Count);
        Assert.Equal(5, dashboard["vms"]!["topFiveUsage"]!["ram"]!.AsArray().Count);
        Assert.Equal(Names(recorded["vms"]!["topFiveUsage"]!["ram"]![0]!), Names(dashboard["vms"]!["topFiveUsage"]!["ram"]![0]!));
    }

    [Fact]
    public void A_vms_dashboard_has_the_recorded_form()
    {
        var recorded = Samples["subs"]!.AsObject().First(sub => sub.Key.StartsWith("/vms/", StringComparison.Ordinal) && sub.Key.EndsWith("/dashboard", StringComparison.Ordinal)).Value!;

        var running = _world.Run("GET /vms/{id}/dashboard", _world.Vm("Running"))!;
        var halted = _world.Run("GET /vms/{id}/dashboard", _world.Vm("Halted"))!;

        Assert.Equal(Names(recorded["quickInfo"]!), Names(running["quickInfo"]!));
        Assert.Equal(Names(recorded["backupsInfo"]!), Names(running["backupsInfo"]!));
        Assert.False(halted["quickInfo"]!.AsObject().ContainsKey("host"));
    }

    [Theory]
    [InlineData(null, 5, 120)]
    [InlineData("seconds", 5, 120)]
    [InlineData("minutes", 60, 120)]
    [InlineData("hours", 3600, 168)]
    [InlineData("days", 86400, 366)]
    public void Statistics_have_the_interval_that_was_asked_for(string? granularity, int interval, int count)
    {
        (string, string)[] query = granularity is null ? [] : [("granularity", granularity)];
        var stats = _world.Run("GET /vms/{id}/stats", [_world.Vm("Running")], null, query)!;

        Assert.Equal(interval, stats["interval"]!.GetValue<int>());
        Assert.Equal(_world.Time.GetUtcNow().ToUnixTimeSeconds(), stats["endTimestamp"]!.GetValue<long>());
        Assert.Equal(count, stats["stats"]!["cpus"]!["0"]!.AsArray().Count);
        Assert.All(stats["stats"]!["cpuUsage"]!.AsArray(), value => Assert.InRange(value!.GetValue<double>(), 2, 90));
    }

    [Fact]
    public void Two_questions_about_the_same_time_get_the_same_figures()
    {
        var host = _world.AnyId("hosts");

        Assert.True(JsonNode.DeepEquals(_world.Run("GET /hosts/{id}/stats", host), _world.Run("GET /hosts/{id}/stats", host)));
    }

    [Fact]
    public void A_halted_vm_has_no_statistics_and_the_error_is_long()
    {
        var id = _world.Vm("Halted");

        var error = _world.Fails("GET /vms/{id}/stats", id);

        Assert.Equal(422, error.Status);
        Assert.Equal($"VM {id} is halted or host could not be found.", error.Message);
        Assert.InRange(error.ErrorData!.ToJsonString().Length, 1000, 5000);
    }

    [Fact]
    public void A_pools_statistics_are_those_of_its_hosts_also_of_the_halted_one()
    {
        var stats = _world.Run("GET /pools/{id}/stats", _world.Pool("edge"))!.AsObject();

        Assert.Equal(2, stats.Count);
        Assert.Single(stats, host => host.Value!["stats"]!.AsObject().Count == 0);
    }

    [Fact]
    public void Patches_and_threads_of_hosts()
    {
        Assert.Equal(JsonValueKind.Array, _world.Run("GET /hosts/{id}/missing_patches", _world.AnyId("hosts"))!.GetValueKind());
        Assert.Equal(JsonValueKind.Array, _world.Run("GET /pools/{id}/missing_patches", _world.AnyId("pools"))!.GetValueKind());
        Assert.False(_world.Run("GET /hosts/{id}/smt", _world.AnyId("hosts"))!["enabled"]!.GetValue<bool>());
    }

    private static string Names(JsonNode item) => string.Join(' ', item.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
}
