using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Model;

namespace Hypergate.Tests.Security.Authorization;

/// <summary>Suite S10: what a role changes beside rights to objects: surfaces, tools, format, length, rate, backends, classes.</summary>
[Trait("Suite", "S10")]
[Trait("Rule", "R-SAME")]
public sealed class RoleShapeTests
{
    private static readonly RoleSettings Reader = new() { Allow = [new() { Access = new(["read"]) }] };

    [Fact]
    public async Task A_role_has_surfaces_and_tools_of_its_own()
    {
        await using var world = await RoleWorld.StartAsync(Reader with { Surfaces = ["fleet", "search"], Tools = ["list_*", "call_operation", "whoami"], DenyTools = ["list_nodes"] });

        var names = world.Gateway.Gateway.Lists.For(Audience.Of(world.Caller)).Current.Select(static tool => tool.Name).ToList();

        Assert.Contains("list_vms", names);
        Assert.Contains("call_operation", names);
        Assert.DoesNotContain("list_nodes", names);
        Assert.DoesNotContain("vms_query", names);
        Assert.DoesNotContain("execute_query", names);
        Assert.Null(await world.CallAsync("list_nodes", "{}"));
    }

    [Theory]
    [InlineData("vms_query", """{"operation":"GetVms","fields":"id,name_label","limit":1000}""", "id,name_label")]
    [InlineData("list_vms", """{"fields":["id","name"],"limit":1000}""", "id,name")]
    [InlineData("execute_query", """{"query":"SELECT id, name FROM guests LIMIT 1000"}""", "id,name")]
    public async Task A_role_has_a_format_and_a_length_of_answers_and_a_call_may_name_another(string tool, string arguments, string header)
    {
        await using var world = await RoleWorld.StartAsync(Reader with { Format = "Csv", BudgetCharacters = 2_000 });

        var text = await world.TextAsync(tool, arguments);
        var other = await world.TextAsync(tool, $$"""{{arguments[..^1]}},"format":"JsonNormal"}""");

        Assert.StartsWith(header, text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 100, 2_500);
        Assert.StartsWith("{\"data\":[", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_has_used_up_its_calls_waits()
    {
        var time = new ManualTime();
        await using var world = await RoleWorld.StartAsync(Reader with { CallsPerMinute = 2 }, wish => wish with { Time = time });
        const string Call = """{"operation":"GetPools","fields":"id"}""";

        Assert.False((await world.CallAsync("pools_query", Call))!.IsError);
        Assert.False((await world.CallAsync("pools_query", Call))!.IsError);
        var third = await world.CallAsync("pools_query", Call);
        time.Advance(TimeSpan.FromSeconds(31));
        var later = await world.CallAsync("pools_query", Call);

        Assert.Contains("Try again in 30 s", third!.Text, StringComparison.Ordinal);
        Assert.False(later!.IsError, later.Text);
    }

    [Fact]
    public async Task A_backend_that_no_rule_reaches_does_not_exist()
    {
        await using var world = await RoleWorld.StartAsync(new() { Allow = [new() { Backends = ["xo1"] }] }, static wish => wish with { Backends = 2 });

        var whoami = await world.TextAsync("whoami", "{}");
        var hidden = await world.TextAsync("call_operation", """{"operation":"GetPools","backend":"xo2"}""");
        var unknown = await world.TextAsync("call_operation", """{"operation":"GetPools","backend":"xo9"}""");

        Assert.DoesNotContain("xo2", whoami, StringComparison.Ordinal);
        Assert.Equal(unknown.Replace("xo9", "xo2", StringComparison.Ordinal), hidden);
    }

    [Fact]
    public async Task An_operation_in_another_class_is_listed_and_asked_about_as_that()
    {
        await using var world = await RoleWorld.StartAsync(
            new() { Allow = [new() { Access = new(["read", "write"]) }] },
            static wish => wish with { Backend = static backend => backend with { AccessOverrides = new Dictionary<string, string>(StringComparer.Ordinal) { ["StartVm"] = "dangerous", ["vms.DeleteVm"] = "write" } } });
        var call = $$"""{"operation":"StartVm","id":"{{world.Mine[0]}}"}""";

        var start = await world.TextAsync("vms_action", call);
        var delete = await world.TextAsync("vms_action", $$"""{"operation":"DeleteVm","id":"{{world.Mine[0]}}"}""");
        var byAdmin = await world.Gateway.CallAsync("vms_action", call);

        Assert.Contains("StartVm", start, StringComparison.Ordinal);
        Assert.DoesNotContain("## Confirmation Required", start, StringComparison.Ordinal);
        Assert.Contains("**Class:** write", delete, StringComparison.Ordinal);
        Assert.Contains("**Class:** dangerous", byAdmin.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("roles: { web: { allow: [{ backends: [x] }] } }", "fits no backend")]
    [InlineData("roles: { web: { allow: [{ where: { target.tag: { equals: a } } }] } }", "did you mean target.tags")]
    [InlineData("roles: { web: { allow: [{ where: { target.tags: { is: a } } }] } }", "is not a known setting")]
    [InlineData("roles: { web: { allow: [{ access: [reed] }] } }", "roles.web.allow[0].access")]
    [InlineData("roles: { web: { allow: [{ where: { target.tags: {} } }] } }", "asks for nothing")]
    [InlineData("authentication: { localRoles: [viewr] }", "did you mean viewer")]
    public void A_role_that_means_nothing_is_an_error_at_the_start(string text, string expected)
    {
        using var folder = new Host.Settings.SettingsFolder();
        folder.File("hypergate.yaml", $$"""
            backends:
              - { name: xo, kind: xen-orchestra, url: "https://xo", auth: { token: abc } }
            {{text}}
            """);

        var problem = Assert.Throws<SettingsException>(() => folder.Load());

        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_are_read_from_the_settings_with_their_defaults()
    {
        using var folder = new Host.Settings.SettingsFolder();
        folder.File("hypergate.yaml", """
            backends:
              - { name: xo-a, kind: xen-orchestra, url: "https://xo", auth: { token: abc } }
            roles:
              storage:
                allow:
                  - { backends: ["xo-*"], resources: [sr, vdi], access: [read, write] }
                  - { operations: ["vms.Migrate*"], where: { target.tags: { none_of: [protected] }, args.body.memory: { less_than: 34359738368 } }, confirm: four-eyes }
                confirm: [ { access: write } ]
              owner: { allow: [ { access: "*" } ] }
            authentication: { localRoles: [storage] }
            """);

        var roles = folder.Load().Settings.Roles;

        Assert.Equal(["protected"], roles["storage"].Allow[1].Where!["target.tags"].NoneOf);
        Assert.Equal(34359738368, roles["storage"].Allow[1].Where!["args.body.memory"].LessThan);
        Assert.Equal(ConsentRule.FourEyes, roles["storage"].Allow[1].Confirm);
        Assert.Empty(roles["storage"].Deny);
        Assert.True(roles["owner"].Allow[0].Access!.Holds(Access.Dangerous));
        Assert.True(roles["storage"].Confirm[0].Access!.Holds(Access.Write));
    }
}
