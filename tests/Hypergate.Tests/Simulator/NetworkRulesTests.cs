namespace Hypergate.Tests.Simulator;

public class NetworkRulesTests
{
    private readonly RulesWorld _world = new();

    [Fact]
    public void A_network_with_a_vlan_has_an_interface_on_every_host_of_its_pool()
    {
        var pif = _world.Any("pifs", item => _world.InPool(item, "prod") && item["physical"]!.GetValue<bool>());
        var body = $$"""{"name": "Web", "pif": "{{RulesWorld.Id(pif)}}", "vlan": 40, "mtu": 9000, "nbd": true}""";

        var network = _world.Find("networks", _world.Make("POST /pools/{id}/actions/create_network", _world.Pool("prod"), body));

        Assert.Equal(6, RulesWorld.Ids(network, "PIFs").Length);
        Assert.Equal(9000, network["MTU"]!.GetValue<int>());
        Assert.StartsWith("PIF_VLAN_EXISTS", _world.Fails("POST /pools/{id}/actions/create_network", _world.Pool("prod"), body).Message, StringComparison.Ordinal);
        _world.AssertConsistent();
        _world.Run("DELETE /networks/{id}", RulesWorld.Id(network));
        _world.AssertConsistent();
    }

    [Fact]
    public void An_interface_of_another_pool_is_refused()
    {
        var pif = _world.AnyId("pifs", item => _world.InPool(item, "edge"));

        Assert.Equal(422, _world.Fails("POST /pools/{id}/actions/create_network", _world.Pool("prod"), $$"""{"name": "Web", "pif": "{{pif}}", "vlan": 40}""").Status);
    }

    [Fact]
    public void A_bond_binds_its_interfaces_and_frees_them_when_its_network_goes()
    {
        var host = _world.AnyId("hosts", item => _world.InPool(item, "staging"));
        string[] slaves = [.. _world.Data["pifs"].All.Where(item => RulesWorld.Text(item, "$host") == host && item["physical"]!.GetValue<bool>()).Select(RulesWorld.Id)];
        var body = $$"""{"name": "Bond", "pifIds": ["{{string.Join("\", \"", slaves)}}"], "bondMode": "lacp"}""";

        var network = _world.Find("networks", _world.Make("POST /pools/{id}/actions/create_bonded_network", _world.Pool("staging"), body));

        Assert.True(network["isBonded"]!.GetValue<bool>());
        var master = RulesWorld.Ids(network, "PIFs").Single();
        Assert.All(slaves, slave => Assert.Equal(master, RulesWorld.Text(_world.Find("pifs", slave), "bondMaster")));
        Assert.StartsWith("PIF_ALREADY_BONDED", _world.Fails("POST /pools/{id}/actions/create_bonded_network", _world.Pool("staging"), body).Message, StringComparison.Ordinal);
        _world.Run("DELETE /networks/{id}", RulesWorld.Id(network));
        Assert.All(slaves, slave => Assert.False(_world.Find("pifs", slave).ContainsKey("bondMaster")));
        _world.AssertConsistent();
    }

    [Fact]
    public void A_network_with_interfaces_of_vms_stays()
    {
        var network = _world.Any("networks", item => item["VIFs"]!.AsArray().Count > 0);

        Assert.StartsWith("NETWORK_CONTAINS_VIF", _world.Fails("DELETE /networks/{id}", RulesWorld.Id(network)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vm_interface_is_made_changed_plugged_and_removed()
    {
        var vm = _world.Vm("Halted");
        var network = _world.Make("POST /pools/{id}/actions/create_internal_network", _world.Pool("prod"), """{"name": "Lab"}""");

        var id = _world.Make("POST /vifs", "", $$"""{"vmId": "{{vm}}", "networkId": "{{network}}", "MAC": "00:16:3e:00:00:01"}""");
        var vif = _world.Find("vifs", id);
        Assert.False(vif["attached"]!.GetValue<bool>());
        Assert.Equal("00:16:3e:00:00:01", RulesWorld.Text(vif, "MAC"));

        _world.Run("PATCH /vifs/{id}", id, """{"allowedIpv4Addresses": ["10.0.0.7"], "rateLimit": 1000, "txChecksumming": false}""");
        Assert.Equal("locked", RulesWorld.Text(vif, "lockingMode"));
        _world.Run("PATCH /vifs/{id}", id, """{"rateLimit": null}""");
        Assert.False(vif.ContainsKey("rateLimit"));

        _world.Run("POST /vifs/{id}/actions/connect", id);
        Assert.True(vif["attached"]!.GetValue<bool>());
        _world.Run("POST /vifs/{id}/actions/disconnect", id);
        _world.AssertConsistent();
        _world.Run("DELETE /vifs/{id}", id);
        Assert.Null(_world.Data["vifs"].Find(id));
        _world.AssertConsistent();
    }
}
