using System.Text.Json.Nodes;

namespace Hypergate.Tests.Simulator;

public class HostRulesTests
{
    private readonly RulesWorld _world = new();

    [Theory]
    [InlineData("disable", """{"evacuate": true}""", "Running", false, 0)]
    [InlineData("clean_shutdown", null, "Halted", false, 0)]
    [InlineData("clean_reboot", null, "Running", true, 0)]
    [InlineData("emergency_shutdown", null, "Halted", false, 0)]
    public void A_host_gives_its_vms_away_or_suspends_them(string action, string? body, string state, bool enabled, int guests)
    {
        var host = Host("prod-host2");
        var running = _world.Data["vms"].All.Count(vm => RulesWorld.Text(vm, "power_state") == "Running");

        Assert.Null(_world.Run($"POST /hosts/{{id}}/actions/{action}", RulesWorld.Id(host), body));

        Assert.Equal(state, RulesWorld.Text(host, "power_state"));
        Assert.Equal(enabled, host["enabled"]!.GetValue<bool>());
        Assert.Equal(guests, RulesWorld.Ids(host, "residentVms").Count(id => _world.Data["vms"].Find(id) is not null));
        var left = _world.Data["vms"].All.Count(vm => RulesWorld.Text(vm, "power_state") == "Running");
        Assert.Equal(action != "emergency_shutdown", left == running);
        _world.AssertConsistent();
    }

    [Fact]
    public void A_smart_reboot_leaves_the_vms_where_they_are()
    {
        var host = Host("prod-host2");
        var guests = RulesWorld.Ids(host, "residentVms");
        _world.Time.Advance(TimeSpan.FromHours(1));

        _world.Run("POST /hosts/{id}/actions/smart_reboot", RulesWorld.Id(host));

        Assert.Equal(guests, RulesWorld.Ids(host, "residentVms"));
        Assert.Equal(_world.Time.GetUtcNow().ToUnixTimeSeconds(), host["startTime"]!.GetValue<long>());
        Assert.False(host["rebootRequired"]!.GetValue<bool>());
    }

    [Fact]
    public void A_halted_host_can_be_started_and_nothing_else()
    {
        var host = Host("edge-host2");
        var id = RulesWorld.Id(host);

        Assert.StartsWith("HOST_OFFLINE", _world.Fails("POST /hosts/{id}/actions/enable", id).Message, StringComparison.Ordinal);
        Assert.Equal(409, _world.Fails("POST /hosts/{id}/actions/scan_pifs", id).Status);
        _world.Run("POST /hosts/{id}/actions/start", id);

        Assert.Equal("Running", RulesWorld.Text(host, "power_state"));
        Assert.Null(_world.Run("POST /hosts/{id}/actions/scan_pifs", id));
        Assert.StartsWith("HOST_IS_LIVE", _world.Fails("POST /hosts/{id}/actions/start", id).Message, StringComparison.Ordinal);
        _world.AssertConsistent();
    }

    [Fact]
    public void Only_a_host_that_is_off_is_forgotten()
    {
        var error = _world.Fails("POST /hosts/{id}/actions/forget", RulesWorld.Id(Host("prod-host3")));

        Assert.Equal(409, error.Status);
        Assert.Equal("incorrect state", error.Message);
        Assert.Equal("power_state", RulesWorld.Text(error.ErrorData!, "property"));
        Assert.Null(_world.Run("POST /hosts/{id}/actions/forget", RulesWorld.Id(Host("edge-host2"))));
        Assert.Equal(32, _world.Find("pools", _world.Pool("edge"))["cpus"]!["cores"]!.GetValue<long>());
        _world.AssertConsistent();
    }

    [Fact]
    public void A_member_without_vms_is_detached_and_the_master_is_not()
    {
        var member = RulesWorld.Id(Host("prod-host6"));
        _world.Run("POST /hosts/{id}/actions/disable", member, """{"evacuate": true}""");
        foreach (var device in _world.Data["vbds"].All.Where(device => device["attached"]!.GetValue<bool>()).Select(RulesWorld.Id).ToList())
        {
            _world.Run("POST /vbds/{id}/actions/disconnect", device);
        }

        Assert.Null(_world.Run("POST /hosts/{id}/actions/detach", member));

        Assert.Null(_world.Data["hosts"].Find(member));
        Assert.Equal(500, _world.Fails("POST /hosts/{id}/actions/detach", RulesWorld.Id(Host("prod-host1"))).Status);
        _world.AssertConsistent();
    }

    [Fact]
    public void A_rolling_reboot_restarts_all_hosts_and_leaves_every_vm_at_home()
    {
        string[] Homes() => [.. _world.Data["vms"].All.Select(vm => $"{vm["id"]} {vm["$container"]} {vm["power_state"]}").Order(StringComparer.Ordinal)];
        var homes = Homes();
        _world.Time.Advance(TimeSpan.FromHours(1));

        _world.Run("POST /pools/{id}/actions/rolling_reboot", _world.Pool("prod"));

        Assert.Equal(homes, Homes());
        Assert.All(
            _world.Data["hosts"].All.Where(host => _world.InPool(host, "prod")),
            host => Assert.Equal(_world.Time.GetUtcNow().ToUnixTimeSeconds(), host["startTime"]!.GetValue<long>()));
        _world.AssertConsistent();
    }

    [Fact]
    public void An_emergency_shutdown_stops_a_whole_pool()
    {
        _world.Run("POST /pools/{id}/actions/emergency_shutdown", _world.Pool("staging"));

        Assert.All(_world.Data["hosts"].All.Where(host => _world.InPool(host, "staging")), host => Assert.Equal("Halted", RulesWorld.Text(host, "power_state")));
        _world.AssertConsistent();
    }

    [Fact]
    public void A_lone_host_without_vms_joins_another_pool()
    {
        var edge = _world.Pool("edge");
        var host = Host("edge-host1");
        var body = $$"""{"host": "{{RulesWorld.Id(host)}}"}""";
        Assert.StartsWith("JOINING_HOST_CANNOT_BE_MASTER", _world.Fails("POST /pools/{id}/actions/add_host", _world.Pool("prod"), body).Message, StringComparison.Ordinal);
        _world.Run("POST /hosts/{id}/actions/forget", RulesWorld.Id(Host("edge-host2")));
        Assert.StartsWith("JOINING_HOST_CANNOT_HAVE", _world.Fails("POST /pools/{id}/actions/add_host", _world.Pool("prod"), body).Message, StringComparison.Ordinal);
        foreach (var vm in RulesWorld.Ids(host, "residentVms").Where(id => _world.Data["vms"].Find(id) is not null))
        {
            _world.Run("POST /vms/{id}/actions/hard_shutdown", vm);
        }

        Assert.Null(_world.Run("POST /pools/{id}/actions/add_host", _world.Pool("prod"), body));

        Assert.True(_world.InPool(host, "prod"));
        Assert.Null(_world.Data["pools"].Find(edge));
        Assert.DoesNotContain(_world.Data.Collections.SelectMany(collection => collection.All), item => item["$pool"]?.GetValue<string>() == edge);
        Assert.Equal(7 * 32, _world.Find("pools", _world.Pool("prod"))["cpus"]!["cores"]!.GetValue<long>());
        _world.AssertConsistent();
    }

    [Fact]
    public void Management_moves_only_to_an_interface_with_an_address_of_that_host()
    {
        var host = Host("prod-host1");
        JsonObject Pif(string device, string owner) => _world.Any("pifs", pif => RulesWorld.Text(pif, "device") == device && RulesWorld.Text(pif, "$host") == owner);
        string Body(JsonObject pif) => $$"""{"pif": "{{RulesWorld.Id(pif)}}"}""";
        var action = "POST /hosts/{id}/actions/management_reconfigure";

        Assert.Null(_world.Run(action, RulesWorld.Id(host), Body(Pif("eth0", RulesWorld.Id(host)))));
        Assert.StartsWith("INTERFACE_HAS_NO_IP", _world.Fails(action, RulesWorld.Id(host), Body(Pif("eth1", RulesWorld.Id(host)))).Message, StringComparison.Ordinal);
        Assert.Equal(422, _world.Fails(action, RulesWorld.Id(host), Body(Pif("eth0", RulesWorld.Id(Host("prod-host2"))))).Status);
        var network = RulesWorld.Text(Pif("eth0", RulesWorld.Id(host)), "$network");
        Assert.Null(_world.Run("POST /pools/{id}/actions/management_reconfigure", _world.Pool("prod"), $$"""{"network": "{{network}}"}"""));
    }

    private JsonObject Host(string name) => _world.Any("hosts", host => RulesWorld.Text(host, "name_label") == name);
}
