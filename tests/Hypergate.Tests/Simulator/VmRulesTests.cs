using System.Text.Json.Nodes;

namespace Hypergate.Tests.Simulator;

public class VmRulesTests
{
    private readonly RulesWorld _world = new(vms: 200);

    [Fact]
    public void A_snapshot_has_devices_and_disk_snapshots_of_its_own()
    {
        var id = _world.Vm("Halted");
        var before = _world.Data["vdi-snapshots"].Count;

        var snapshot = _world.Find("vm-snapshots", _world.Make("POST /vms/{id}/actions/snapshot", id, """{"name_label": "before-upgrade"}"""));

        Assert.Equal("before-upgrade", RulesWorld.Text(snapshot, "name_label"));
        Assert.Equal(id, RulesWorld.Text(snapshot, "$snapshot_of"));
        Assert.Equal(before + Disks(id).Length, _world.Data["vdi-snapshots"].Count);
        Assert.False(snapshot.ContainsKey("installTime"));
        _world.AssertConsistent();
    }

    [Fact]
    public void Reverting_brings_settings_and_disks_back_and_the_name_stays()
    {
        var id = _world.Vm("Halted");
        var disks = Disks(id);
        var older = RulesWorld.Ids(_world.Find("vms", id), "snapshots").Length;
        var snapshot = _world.Make("POST /vms/{id}/actions/snapshot", id);
        _world.Run("PATCH /vms/{id}", id, """{"nameLabel": "new-name", "nameDescription": "changed", "cpus": 13}""");

        _world.Run("POST /vms/{id}/actions/revert_snapshot", id, $$"""{"snapshotId": "{{snapshot}}", "snapshotBefore": true}""");

        var vm = _world.Find("vms", id);
        Assert.Equal("new-name", RulesWorld.Text(vm, "name_label"));
        Assert.NotEqual("changed", RulesWorld.Text(vm, "name_description"), StringComparer.Ordinal);
        Assert.NotEqual(13, vm["CPUs"]!["number"]!.GetValue<int>());
        Assert.Equal(older + 2, RulesWorld.Ids(vm, "snapshots").Length);
        Assert.Equal(disks.Length, Disks(id).Length);
        Assert.DoesNotContain(disks, disk => _world.Data["vdis"].Find(disk) is not null);
        _world.AssertConsistent();
    }

    [Fact]
    public void A_vm_that_ran_when_the_snapshot_was_taken_runs_after_going_back()
    {
        var id = _world.Vm("Running");
        var snapshot = _world.Make("POST /vms/{id}/actions/snapshot", id);
        _world.Run("POST /vms/{id}/actions/hard_shutdown", id);

        _world.Run("POST /vms/{id}/actions/revert_snapshot", id, $$"""{"snapshotId": "{{snapshot}}"}""");

        Assert.Equal("Running", RulesWorld.Text(_world.Find("vms", id), "power_state"));
        _world.AssertConsistent();
    }

    [Fact]
    public void Nobody_goes_back_to_a_foreign_snapshot()
    {
        var snapshot = _world.Any("vm-snapshots");
        var other = _world.AnyId("vms", vm => RulesWorld.Id(vm) != RulesWorld.Text(snapshot, "$snapshot_of"));

        var error = _world.Fails("POST /vms/{id}/actions/revert_snapshot", other, $$"""{"snapshotId": "{{RulesWorld.Id(snapshot)}}"}""");

        Assert.Equal(422, error.Status);
        Assert.Equal($"snapshot {RulesWorld.Id(snapshot)} does not belong to VM {other}", error.Message);
    }

    [Fact]
    public void Deleting_a_running_vm_takes_its_disks_and_snapshots_with_it()
    {
        var id = _world.AnyId("vms", vm => RulesWorld.Text(vm, "power_state") == "Running" && vm["snapshots"]!.AsArray().Count > 0);
        var (disks, snapshots) = (Disks(id), RulesWorld.Ids(_world.Find("vms", id), "snapshots"));

        Assert.Null(_world.Run("DELETE /vms/{id}", id));

        Assert.Null(_world.Data["vms"].Find(id));
        Assert.All(disks, disk => Assert.Null(_world.Data["vdis"].Find(disk)));
        Assert.All(snapshots, snapshot => Assert.Null(_world.Data["vm-snapshots"].Find(snapshot)));
        _world.AssertConsistent();
    }

    [Fact]
    public void A_clone_is_a_halted_vm_with_disks_of_its_own()
    {
        var id = _world.Vm("Running");

        var clone = _world.Find("vms", _world.Make("POST /vms/{id}/actions/clone", id, """{"name_label": "copy-of-it", "fast": true}"""));

        Assert.Equal("copy-of-it", RulesWorld.Text(clone, "name_label"));
        Assert.Equal("Halted", RulesWorld.Text(clone, "power_state"));
        Assert.Equal(Disks(id).Length, Disks(RulesWorld.Id(clone)).Length);
        Assert.Empty(Disks(id).Intersect(Disks(RulesWorld.Id(clone)), StringComparer.Ordinal));
        Assert.Equal(
            RulesWorld.Ids(_world.Find("vms", id), "VIFs").Length,
            RulesWorld.Ids(clone, "VIFs").Length);
        _world.AssertConsistent();
    }

    [Fact]
    public void A_clone_onto_storage_of_another_pool_lies_there()
    {
        var sr = _world.Any("srs", item => RulesWorld.Text(item, "name_label") == "edge-nfs");

        var clone = _world.Make("POST /vms/{id}/actions/clone", _world.Vm("Halted"), $$"""{"srId": "{{RulesWorld.Id(sr)}}"}""");

        Assert.Equal(_world.Pool("edge"), RulesWorld.Text(_world.Find("vms", clone), "$pool"));
        Assert.All(Disks(clone), disk => Assert.Equal(RulesWorld.Id(sr), RulesWorld.Text(_world.Find("vdis", disk), "$SR")));
        _world.AssertConsistent();
    }

    [Fact]
    public void A_vm_is_made_from_a_template_as_the_body_says()
    {
        var template = _world.AnyId("vm-templates", item => _world.InPool(item, "prod"));
        var network = _world.AnyId("networks", item => _world.InPool(item, "prod") && RulesWorld.Text(item, "name_label").StartsWith("DMZ", StringComparison.Ordinal));
        var image = _world.AnyId("vdis", item => RulesWorld.Text(item, "name_label").EndsWith(".iso", StringComparison.Ordinal) && _world.InPool(item, "prod"));

        var id = _world.Make("POST /pools/{id}/actions/create_vm", _world.Pool("prod"), $$"""
            {
              "name_label": "shop-01", "template": "{{template}}", "boot": true, "cpus": 6, "memory": 3221225472,
              "name_description": "new", "autoPoweron": true,
              "vdis": [{"name_label": "data", "size": 5368709120}, {"userdevice": "0", "size": 42949672960}],
              "vifs": [{"network": "{{network}}", "device": "0"}, {"network": "{{network}}"}],
              "install": {"method": "cdrom", "repository": "{{image}}"}
            }
            """);

        var vm = _world.Find("vms", id);
        Assert.Equal("Running", RulesWorld.Text(vm, "power_state"));
        Assert.Equal(6, vm["CPUs"]!["number"]!.GetValue<long>());
        Assert.True(vm["auto_poweron"]!.GetValue<bool>());
        Assert.Equal(["5368709120", "42949672960"], Disks(id).Where(disk => disk != image).Select(disk => _world.Find("vdis", disk)["size"]!.ToString()).OrderBy(size => size.Length), StringComparer.Ordinal);
        Assert.All(RulesWorld.Ids(vm, "VIFs"), vif => Assert.Equal(network, RulesWorld.Text(_world.Find("vifs", vif), "$network")));
        Assert.Equal(2, RulesWorld.Ids(vm, "VIFs").Length);
        Assert.Contains(image, Disks(id), StringComparer.Ordinal);
        _world.AssertConsistent();
    }

    [Fact]
    public void A_template_of_another_pool_is_not_known()
    {
        var template = _world.AnyId("vm-templates", item => _world.InPool(item, "edge"));

        var error = _world.Fails("POST /pools/{id}/actions/create_vm", _world.Pool("prod"), $$"""{"name_label": "x", "template": "{{template}}"}""");

        Assert.Equal($"no such VM-template {template}", error.Message);
    }

    [Fact]
    public void Every_property_of_the_patch_body_can_be_set()
    {
        var id = _world.Vm("Halted");

        foreach (var (name, value) in ExampleBody())
        {
            Assert.Null(_world.Run("PATCH /vms/{id}", id, new JsonObject { [name] = value?.DeepClone() }.ToJsonString()));
        }

        var vm = _world.Find("vms", id);
        Assert.Equal("best-effort", RulesWorld.Text(vm, "high_availability"));
        Assert.Equal("""{"dynamic":[8589934592,8589934592],"static":[1073741824,8589934592],"size":8589934592}""", vm["memory"]!.ToJsonString());
        Assert.Equal("hello", RulesWorld.Text(vm["xenStoreData"]!, "vm-data/greeting"));
        Assert.Equal("uefi", RulesWorld.Text(vm["boot"]!, "firmware"));
    }

    [Fact]
    public void Migrating_in_the_pool_changes_the_host_and_nothing_else()
    {
        var id = _world.Vm("Running");
        var disks = Disks(id);
        var host = _world.AnyId("hosts", item => _world.InPool(item, "prod") && RulesWorld.Id(item) != RulesWorld.Text(_world.Find("vms", id), "$container"));

        _world.Run("POST /vms/{id}/actions/migrate", id, $$"""{"hostId": "{{host}}"}""");

        Assert.Equal(host, RulesWorld.Text(_world.Find("vms", id), "$container"));
        Assert.Equal(disks, Disks(id));
        _world.AssertConsistent();
    }

    [Theory]
    [InlineData("Running")]
    [InlineData("Halted")]
    public void Migrating_to_another_pool_takes_disks_interfaces_and_snapshots_along(string state)
    {
        var id = _world.Vm(state);
        _world.Run("POST /vms/{id}/actions/snapshot", id);
        var host = _world.AnyId("hosts", item => RulesWorld.Text(item, "name_label") == "edge-host1");

        _world.Run("POST /vms/{id}/actions/migrate", id, $$"""{"hostId": "{{host}}"}""");

        var vm = _world.Find("vms", id);
        var edge = _world.Pool("edge");
        Assert.Equal(state == "Running" ? host : edge, RulesWorld.Text(vm, "$container"));
        Assert.Equal(edge, RulesWorld.Text(vm, "$pool"));
        Assert.All(Disks(id), disk => Assert.Equal(edge, RulesWorld.Text(_world.Find("vdis", disk), "$pool")));
        Assert.All(RulesWorld.Ids(vm, "VIFs"), vif => Assert.Equal(edge, RulesWorld.Text(_world.Find("vifs", vif), "$pool")));
        Assert.All(RulesWorld.Ids(vm, "snapshots"), snapshot => Assert.Equal(edge, RulesWorld.Text(_world.Find("vm-snapshots", snapshot), "$pool")));
        _world.AssertConsistent();
    }

    [Fact]
    public void Interfaces_cannot_be_mapped_inside_a_pool_and_storage_must_be_the_target_pools()
    {
        var vm = _world.Find("vms", _world.Vm("Running"));
        var host = RulesWorld.Text(vm, "$container");
        var network = _world.AnyId("networks", item => _world.InPool(item, "prod"));
        var sr = _world.AnyId("srs", item => _world.InPool(item, "edge"));

        var mapped = _world.Fails("POST /vms/{id}/actions/migrate", RulesWorld.Id(vm), $$"""{"hostId": "{{host}}", "networkIdByVifId": {"{{RulesWorld.Ids(vm, "VIFs")[0]}}": "{{network}}"} }""");
        var foreign = _world.Fails("POST /vms/{id}/actions/migrate", RulesWorld.Id(vm), $$"""{"hostId": "{{host}}", "srId": "{{sr}}"}""");

        Assert.Equal(422, mapped.Status);
        Assert.Equal(422, foreign.Status);
    }

    private static JsonObject ExampleBody() => JsonNode.Parse("""
        {
          "affinityHost": null, "autoPoweron": true, "blockedOperations": {"destroy": "important"}, "coresPerSocket": 2, "cpuCap": 50,
          "cpuMask": [0, 1], "cpuWeight": 512, "cpus": 4, "cpusStaticMax": 8, "creation": {"user": "x"}, "expNestedHvm": true,
          "hasVendorDevice": true, "highAvailability": "best-effort", "hvmBootFirmware": "uefi", "memoryMax": "4 GiB", "memoryMin": "1GiB",
          "memoryStaticMax": 17179869184, "memory": "8 GiB", "nameDescription": "d", "nameLabel": "n", "nestedVirt": false, "nicType": "e1000",
          "notes": "remember", "PV_args": "quiet", "secureBoot": true, "startDelay": 5, "suspendSr": null, "tags": ["a"],
          "uefiMode": "setup", "vga": "cirrus", "videoram": 16, "viridian": true, "virtualizationMode": "hvm",
          "xenStoreData": {"greeting": "hello"}, "resourceSet": null, "share": true
        }
        """)!.AsObject();

    private string[] Disks(string vm) =>
    [
        .. RulesWorld.Ids(_world.Find("vms", vm), "$VBDs").Select(id => _world.Find("vbds", id)["VDI"]?.GetValue<string>()).OfType<string>(),
    ];
}
