namespace Hypergate.Tests.Simulator;

public class PowerRulesTests
{
    private readonly RulesWorld _world = new(vms: 200);

    [Theory]
    [InlineData("Halted", "start", "Running")]
    [InlineData("Running", "clean_shutdown", "Halted")]
    [InlineData("Running", "clean_reboot", "Running")]
    [InlineData("Running", "suspend", "Suspended")]
    [InlineData("Running", "pause", "Paused")]
    [InlineData("Paused", "unpause", "Running")]
    [InlineData("Suspended", "resume", "Running")]
    [InlineData("Running", "hard_shutdown", "Halted")]
    [InlineData("Paused", "hard_shutdown", "Halted")]
    [InlineData("Suspended", "hard_shutdown", "Halted")]
    [InlineData("Running", "hard_reboot", "Running")]
    [InlineData("Paused", "hard_reboot", "Running")]
    public void An_action_in_a_fitting_state_leads_to_the_next_one(string before, string action, string after)
    {
        var id = _world.Vm(before);

        Assert.Null(_world.Run($"POST /vms/{{id}}/actions/{action}", id));

        Assert.Equal(after, RulesWorld.Text(_world.Find("vms", id), "power_state"));
        _world.AssertConsistent();
    }

    [Theory]
    [InlineData("Running", "start", "Halted")]
    [InlineData("Paused", "start", "Halted")]
    [InlineData("Halted", "suspend", "Running")]
    [InlineData("Halted", "clean_shutdown", "Running")]
    [InlineData("Paused", "clean_reboot", "Running")]
    [InlineData("Halted", "pause", "Running")]
    [InlineData("Running", "unpause", "Paused")]
    [InlineData("Running", "resume", "Suspended")]
    [InlineData("Halted", "hard_shutdown", "Running")]
    [InlineData("Suspended", "hard_reboot", "Running")]
    public void An_action_in_another_state_is_refused_by_the_hypervisor(string before, string action, string expected)
    {
        var id = _world.Vm(before);
        var reference = RulesWorld.Text(_world.Find("vms", id), "_xapiRef");

        var error = _world.Fails($"POST /vms/{{id}}/actions/{action}", id);

        Assert.Equal(500, error.Status);
        Assert.Equal($"VM_BAD_POWER_STATE({reference}, {expected}, {before})", error.Error.GetValue<string>());
        Assert.Equal("This is a XenServer/XCP-ng error, not an XO error", error.Info);
        Assert.Equal("VM_BAD_POWER_STATE", RulesWorld.Text(error.TaskResult!, "code"));
        Assert.Equal(before, RulesWorld.Text(_world.Find("vms", id), "power_state"));
    }

    [Theory]
    [InlineData("clean_shutdown")]
    [InlineData("clean_reboot")]
    [InlineData("suspend")]
    public void Clean_operations_need_the_guest_tools(string action)
    {
        var id = _world.Vm("Running", tools: false);

        var error = _world.Fails($"POST /vms/{{id}}/actions/{action}", id);

        Assert.StartsWith("VM_LACKS_FEATURE(OpaqueRef:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blocked_operation_is_refused_until_it_is_unblocked()
    {
        var id = _world.Vm("Halted");
        _world.Run("PATCH /vms/{id}", id, """{"blockedOperations": {"start": true}}""");
        Assert.StartsWith("OPERATION_BLOCKED(", _world.Fails("POST /vms/{id}/actions/start", id).Message, StringComparison.Ordinal);

        _world.Run("PATCH /vms/{id}", id, """{"blockedOperations": {"start": null}}""");

        Assert.Null(_world.Run("POST /vms/{id}/actions/start", id));
    }

    [Fact]
    public void A_wrong_host_is_told_before_the_state_is_looked_at()
    {
        var id = _world.Vm("Running");

        var error = _world.Fails("POST /vms/{id}/actions/start", id, $$"""{"hostId": "{{id}}"}""");

        Assert.Equal(404, error.Status);
        Assert.Equal($"no such host {id}", error.Message);
        Assert.Equal("host", RulesWorld.Text(error.ErrorData!, "type"));
    }

    [Fact]
    public void A_vm_starts_on_the_host_that_was_asked_for()
    {
        var id = _world.Vm("Halted");
        var host = _world.AnyId("hosts", item => RulesWorld.Text(item, "name_label") == "prod-host5");

        _world.Run("POST /vms/{id}/actions/start", id, $$"""{"hostId": "{{host}}"}""");

        Assert.Equal(host, RulesWorld.Text(_world.Find("vms", id), "$container"));
        Assert.Contains(id, RulesWorld.Ids(_world.Find("hosts", host), "residentVms"), StringComparer.Ordinal);
    }

    [Fact]
    public void A_disabled_host_takes_no_vm()
    {
        var id = _world.Vm("Halted", "staging");
        var host = _world.AnyId("hosts", item => RulesWorld.Text(item, "name_label") == "stg-host4");

        Assert.StartsWith("HOST_DISABLED", _world.Fails("POST /vms/{id}/actions/start", id, $$"""{"hostId": "{{host}}"}""").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_known_only_while_it_runs_comes_and_goes()
    {
        var id = _world.Vm("Running");
        string[] fields = ["mainIpAddress", "pvDriversVersion", "xenTools", "pvDriversDetected"];
        Assert.All(fields, field => Assert.True(_world.Find("vms", id).ContainsKey(field), field));

        _world.Run("POST /vms/{id}/actions/clean_shutdown", id);

        var halted = _world.Find("vms", id);
        Assert.All(fields, field => Assert.False(halted.ContainsKey(field), field));
        Assert.Empty(halted["addresses"]!.AsObject());
        Assert.Null(halted["os_version"]);
        Assert.Null(halted["startTime"]);
        Assert.All(RulesWorld.Ids(halted, "VIFs"), vif => Assert.False(_world.Find("vifs", vif)["attached"]!.GetValue<bool>()));

        _world.Run("POST /vms/{id}/actions/start", id);

        Assert.All(fields, field => Assert.True(_world.Find("vms", id).ContainsKey(field), field));
        Assert.Equal(_world.Time.GetUtcNow().ToUnixTimeSeconds(), _world.Find("vms", id)["startTime"]!.GetValue<long>());
    }
}
