using System.Text.Json.Nodes;

namespace Hypergate.Tests.Simulator;

public class RightsTests
{
    private const string Alice = "alice:alice-pass";

    [Fact]
    public async Task Who_has_no_rights_sees_empty_lists_and_is_told_what_is_missing()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var vm = await xo.IdAsync("vms");

        foreach (var path in (string[])["/vms", "/users", "/tasks", "/acl-roles", $"/vms/{vm}/vdis"])
        {
            Assert.Equal("[]", (await xo.SendAsAsync(Alice, "GET", path)).Text);
        }

        var refused = await xo.SendAsAsync(Alice, "GET", $"/vms/{vm}");
        Assert.Equal((403, "not enough privileges"), (refused.Status, refused.Error));
        var missing = Assert.Single(refused.Json["data"]!["missingPrivileges"]!.AsArray())!;
        Assert.Equal($$"""{"objectId":"{{vm}}","action":"read","resource":"vm"}""", missing.ToJsonString());
        Assert.Equal(404, (await xo.SendAsAsync(Alice, "GET", "/vms/nope")).Status);
    }

    [Fact]
    public async Task Everybody_may_read_himself()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var alice = await xo.IdAsync("users", "email:/^alice$/");

        Assert.Equal(200, (await xo.SendAsAsync(Alice, "GET", $"/users/{alice}")).Status);
        Assert.Equal(403, (await xo.SendAsAsync(Alice, "GET", $"/users/{await xo.IdAsync("users", "email:/^bob$/")}")).Status);
        Assert.Equal("[]", (await xo.SendAsAsync(Alice, "GET", $"/users/{alice}/acl-privileges")).Text);
    }

    [Fact]
    public async Task A_write_without_the_right_changes_nothing()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var vm = await xo.IdAsync("vms", "power_state:Halted");
        var before = xo.Simulator.StateHash();

        foreach (var (method, path, action) in ((string, string, string)[])
            [
                ("POST", $"/vms/{vm}/actions/start", "start"), ("DELETE", $"/vms/{vm}", "delete"),
                ("PUT", $"/vms/{vm}/tags/x", "update:tags"), ("POST", $"/vms/{vm}/actions/snapshot", "snapshot"),
            ])
        {
            var refused = await xo.SendAsAsync(Alice, method, path);
            Assert.Equal(403, refused.Status);
            Assert.Equal(action, refused.Json["data"]!["missingPrivileges"]![0]!["action"]!.GetValue<string>());
        }

        Assert.Equal(before, xo.Simulator.StateHash());
    }

    [Fact]
    public async Task A_role_opens_exactly_the_objects_that_its_privileges_choose()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var vms = (await xo.GetAsync("/vms?fields=id&limit=2")).Json.AsArray().Select(vm => vm!["id"]!.ToString()).ToArray();
        await GrantAsync(xo, "read", $"id:{vms[0]}");

        Assert.Equal($"/rest/v0/vms/{vms[0]}", Assert.Single((await xo.SendAsAsync(Alice, "GET", "/vms")).Json.AsArray())!.GetValue<string>());
        Assert.Equal(200, (await xo.SendAsAsync(Alice, "GET", $"/vms/{vms[0]}")).Status);
        Assert.Equal(403, (await xo.SendAsAsync(Alice, "GET", $"/vms/{vms[1]}")).Status);
        Assert.Equal(403, (await xo.SendAsAsync(Alice, "PUT", $"/vms/{vms[0]}/tags/x")).Status);
        Assert.Equal("[]", (await xo.SendAsAsync(Alice, "GET", "/hosts")).Text);
    }

    [Fact]
    public async Task A_privilege_holds_for_all_that_begins_with_its_action_and_a_denial_wins()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var vms = (await xo.GetAsync("/vms?fields=id&limit=2")).Json.AsArray().Select(vm => vm!["id"]!.ToString()).ToArray();
        await GrantAsync(xo, "update", null);
        await GrantAsync(xo, "update", $"id:{vms[1]}", "deny");

        Assert.Equal(204, (await xo.SendAsAsync(Alice, "PUT", $"/vms/{vms[0]}/tags/x")).Status);
        Assert.Equal(403, (await xo.SendAsAsync(Alice, "PUT", $"/vms/{vms[1]}/tags/x")).Status);
    }

    private static async Task GrantAsync(SimulatedXo xo, string action, string? selector, string effect = "allow")
    {
        var role = (await xo.SendAsync("POST", "/acl-roles", """{"name":"test"}""")).Json["id"]!.GetValue<string>();
        var privilege = new JsonObject { ["action"] = action, ["effect"] = effect, ["resource"] = "vm", ["roleId"] = role };
        if (selector is not null)
        {
            privilege["selector"] = selector;
        }

        Assert.Equal(201, (await xo.SendAsync("POST", "/acl-privileges", privilege.ToJsonString())).Status);
        var alice = await xo.IdAsync("users", "email:/^alice$/");
        Assert.Equal(204, (await xo.SendAsync("PUT", $"/acl-roles/{role}/users/{alice}")).Status);
    }
}
