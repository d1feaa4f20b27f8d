namespace Hypergate.Tests.Simulator;

public class StorageRulesTests
{
    private readonly RulesWorld _world = new();

    [Fact]
    public void A_disk_is_made_renamed_enlarged_and_destroyed()
    {
        var sr = _world.AnyId("srs");

        var id = _world.Make("POST /vdis", sr, $$"""{"srId": "{{sr}}", "name_label": "doc-disk", "virtual_size": 1073741824, "tags": ["x"]}""");
        _world.Run("PATCH /vdis/{id}", id, """{"name_label": "bigger", "size": 2147483648}""");

        var disk = _world.Find("vdis", id);
        Assert.Equal("bigger", RulesWorld.Text(disk, "name_label"));
        Assert.Equal(2147483648, disk["size"]!.GetValue<long>());
        Assert.Equal(["x"], RulesWorld.Ids(disk, "tags"));
        _world.AssertConsistent();

        _world.Run("DELETE /vdis/{id}", id);

        Assert.Null(_world.Data["vdis"].Find(id));
        _world.AssertConsistent();
    }

    [Fact]
    public void A_disk_never_shrinks() =>
        Assert.Equal(422, _world.Fails("PATCH /vdis/{id}", _world.AnyId("vdis"), """{"size": 1}""").Status);

    [Fact]
    public void A_disk_that_a_running_vm_has_is_not_destroyed()
    {
        var device = _world.Any("vbds", item => item["attached"]!.GetValue<bool>() && item["VDI"] is not null);

        Assert.StartsWith("VDI_IN_USE(", _world.Fails("DELETE /vdis/{id}", RulesWorld.Text(device, "VDI")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_moved_disk_has_another_id_and_the_same_devices_and_snapshots()
    {
        var disk = _world.Any("vdis", item => item["snapshots"]!.AsArray().Count > 0);
        var sr = _world.AnyId("srs", item => RulesWorld.Text(item, "$pool") == RulesWorld.Text(disk, "$pool") && RulesWorld.Id(item) != RulesWorld.Text(disk, "$SR") && RulesWorld.Text(item, "SR_type") != "iso");
        var (devices, snapshots) = (RulesWorld.Ids(disk, "$VBDs"), RulesWorld.Ids(disk, "snapshots"));

        var moved = _world.Find("vdis", _world.Make("POST /vdis/{id}/actions/migrate", RulesWorld.Id(disk), $$"""{"srId": "{{sr}}"}"""));

        Assert.Null(_world.Data["vdis"].Find(RulesWorld.Id(disk)));
        Assert.Equal(sr, RulesWorld.Text(moved, "$SR"));
        Assert.Equal(devices, RulesWorld.Ids(moved, "$VBDs"));
        Assert.Equal(snapshots, RulesWorld.Ids(moved, "snapshots"));
        _world.AssertConsistent();
    }

    [Fact]
    public void A_block_device_takes_the_next_free_place_and_may_be_plugged()
    {
        var vm = _world.Vm("Running");
        var sr = RulesWorld.Text(_world.Any("vdis", item => _world.InPool(item, "prod") && RulesWorld.Text(item, "name_label").Contains("disk", StringComparison.Ordinal)), "$SR");
        var disk = _world.Make("POST /vdis", "", $$"""{"srId": "{{sr}}", "virtual_size": 1}""");

        var id = _world.Make("POST /vbds", "", $$"""{"VM": "{{vm}}", "VDI": "{{disk}}", "mode": "RO"}""");

        var device = _world.Find("vbds", id);
        Assert.True(device["attached"]!.GetValue<bool>());
        Assert.True(device["read_only"]!.GetValue<bool>());
        Assert.NotEqual("3", RulesWorld.Text(device, "position"), StringComparer.Ordinal);
        Assert.StartsWith("DEVICE_ALREADY_EXISTS", _world.Fails("POST /vbds", "", $$"""{"VM": "{{vm}}", "VDI": "{{disk}}", "userdevice": "0"}""").Message, StringComparison.Ordinal);
        _world.Run("POST /vbds/{id}/actions/disconnect", id);
        Assert.Null(device["device"]);
        _world.Run("POST /vbds/{id}/actions/connect", id);
        Assert.StartsWith("DEVICE_ALREADY_ATTACHED", _world.Fails("POST /vbds/{id}/actions/connect", id).Message, StringComparison.Ordinal);
        _world.Run("DELETE /vbds/{id}", id);
        Assert.NotNull(_world.Data["vdis"].Find(disk));
        _world.AssertConsistent();
    }

    [Theory]
    [InlineData("nfs", true)]
    [InlineData("ext", false)]
    public void Storage_is_shared_where_its_kind_can_be(string type, bool shared)
    {
        var host = _world.Any("hosts", item => RulesWorld.Text(item, "name_label") == "prod-host2");

        var id = _world.Make("POST /srs", "", $$"""{"hostId": "{{RulesWorld.Id(host)}}", "name_label": "new", "SR_type": "{{type}}", "device_config": {"server": "10.0.1.7", "password": "secret"} }""");

        var sr = _world.Find("srs", id);
        Assert.Equal(shared, sr["shared"]!.GetValue<bool>());
        Assert.Equal(shared ? 6 : 1, RulesWorld.Ids(sr, "$PBDs").Length);
        Assert.Equal(shared ? RulesWorld.Text(host, "$pool") : RulesWorld.Id(host), RulesWorld.Text(sr, "$container"));
        Assert.False(_world.Find("pbds", RulesWorld.Ids(sr, "$PBDs")[0])["device_config"]!.AsObject().ContainsKey("password"));
        _world.AssertConsistent();
        _world.Run("POST /srs/{id}/actions/scan", id);
        _world.Run("POST /srs/{id}/actions/forget", id);
        _world.AssertConsistent();
    }

    [Fact]
    public void One_kind_of_storage_cannot_be_made() => Assert.Equal(501, _world.Fails("POST /srs", "", $$"""
        {"hostId": "{{_world.AnyId("hosts")}}", "name_label": "new", "SR_type": "linstor", "device_config": {} }
        """).Status);

    [Fact]
    public void Storage_in_use_is_neither_destroyed_nor_unplugged_but_idle_storage_is()
    {
        var used = _world.Any("srs", item => RulesWorld.Text(item, "name_label") == "prod-nfs");
        var idle = _world.Any("srs", item => RulesWorld.Text(item, "name_label") == "prod-iso");
        var pbd = RulesWorld.Ids(idle, "$PBDs")[0];

        Assert.StartsWith("VDI_IN_USE", _world.Fails("DELETE /srs/{id}", RulesWorld.Id(used)).Message, StringComparison.Ordinal);
        Assert.Null(_world.Run("POST /pbds/{id}/actions/unplug", pbd));
        Assert.False(_world.Find("pbds", pbd)["attached"]!.GetValue<bool>());
        Assert.Null(_world.Run("POST /pbds/{id}/actions/plug", pbd));
        Assert.Null(_world.Run("DELETE /srs/{id}", RulesWorld.Id(idle)));
        _world.AssertConsistent();
    }

    [Fact]
    public void A_pool_that_lost_its_default_storage_says_so_when_a_disk_needs_it()
    {
        foreach (var vm in _world.Data["vms"].All.Where(vm => RulesWorld.Text(vm, "power_state") is "Running" or "Paused").Select(RulesWorld.Id).ToList())
        {
            _world.Run("POST /vms/{id}/actions/hard_shutdown", vm);
        }

        _world.Run("POST /srs/{id}/actions/forget", RulesWorld.Text(_world.Find("pools", _world.Pool("edge")), "default_SR"));

        Assert.StartsWith("DEFAULT_SR_NOT_FOUND", _world.Fails("POST /pools/{id}/vms", _world.Pool("edge")).Message, StringComparison.Ordinal);
        _world.AssertConsistent();
    }

    [Fact]
    public void Uploads_become_objects()
    {
        var disk = _world.Run("POST /srs/{id}/vdis", [_world.AnyId("srs")], null, ("name_label", "uploaded"))!;
        var vm = _world.Make("POST /pools/{id}/vms", _world.Pool("staging"));

        Assert.Equal("uploaded", RulesWorld.Text(_world.Find("vdis", RulesWorld.Id(disk)), "name_label"));
        Assert.Equal("Halted", RulesWorld.Text(_world.Find("vms", vm), "power_state"));
        Assert.Null(_world.Run("PUT /vdis/{id}.{format}", [RulesWorld.Id(disk), "raw"]));
        _world.AssertConsistent();
    }
}
