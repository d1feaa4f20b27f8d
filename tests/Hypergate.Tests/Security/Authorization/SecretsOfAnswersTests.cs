using System.Text.Json.Nodes;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Simulator.PxCloud;
using Hypergate.Tests.Backends;
using Hypergate.Tests.Backends.PxCloud;

namespace Hypergate.Tests.Security.Authorization;

/// <summary>Suite S10: passwords, tokens and keys in answers are for roles that the settings give them to, and for nobody else.</summary>
[Trait("Suite", "S10")]
public sealed class SecretsOfAnswersTests : IAsyncLifetime
{
    private const string Vm = "prod:prod1:100";
    private const string Hidden = "[REDACTED]";

    private static readonly RoleSettings All = new() { Allow = [new() { Access = new(["read", "write", "admin", "dangerous"]) }] };
    private static readonly Caller Plain = new("key:plain", ["plain"]);
    private static readonly Caller Keeper = new("key:keeper", ["keeper"]);
    private static readonly Caller Both = new("key:both", ["plain", "keeper"]);
    private static readonly Caller Other = new("key:other", ["other"]);

    private PxCloudSimulator _cloud = null!;
    private ContractGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await PxCloudUnderTest.StartAsync();
        _gateway = await ContractGateway.StartAsync(new GatewaySettings
        {
            Backends = [PxCloudUnderTest.Settings(_cloud)],
            Roles = new Dictionary<string, RoleSettings>(StringComparer.Ordinal)
            {
                ["plain"] = All,
                ["keeper"] = All with { Secrets = ["px*"] },
                ["other"] = All with { Secrets = ["elsewhere"] },
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task A_token_of_a_console_is_shown_to_roles_with_the_right_alone()
    {
        var token = await ShareAsync(Plain);
        async Task<string> ShownTo(Caller caller) => (await _gateway.CallAsAsync(caller, "pxcloud_get_api_vms_id_console_shares", $$"""{"id":"{{Vm}}","fields":"*"}""")).Text;

        Assert.Contains(Hidden, await ShownTo(Plain), StringComparison.Ordinal);
        Assert.DoesNotContain(token, await ShownTo(Plain), StringComparison.Ordinal);
        Assert.DoesNotContain(token, await ShownTo(Other), StringComparison.Ordinal);
        Assert.Contains(token, await ShownTo(Keeper), StringComparison.Ordinal);
        Assert.Contains(token, await ShownTo(Both), StringComparison.Ordinal);
        Assert.DoesNotContain(token, _gateway.AuditText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_reads_a_share_later_is_given_no_link()
    {
        var token = await ShareAsync(Plain);
        lock (_cloud.World.Lock)
        {
            _cloud.World.Get("vms", Vm)["console"] = new JsonObject { ["id"] = "1", ["token"] = token, ["access_mode"] = "view_only", ["expires_at"] = 1 };
        }

        var machine = await _gateway.CallAsAsync(Plain, "pxcloud_get_vm", $$"""{"id":"{{Vm}}"}""");

        Assert.DoesNotContain("share_url", machine.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token, machine.Text + machine.Structured, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_of_a_new_token_reaches_only_those_who_may_see_it()
    {
        const string Arguments = """{"name":"ci","user":"viewer"}""";

        var hidden = await _gateway.CallAsAsync(Plain, "pxcloud_create_token", Arguments);
        var shown = await _gateway.CallAsAsync(Keeper, "pxcloud_create_token", Arguments);

        Assert.False(hidden.IsError, hidden.Text);
        Assert.Contains(Hidden, hidden.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Hidden, shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gateways_own_password_is_shown_to_nobody()
    {
        lock (_cloud.World.Lock)
        {
            _cloud.World.Get("vms", Vm)["description"] = $"made with {_cloud.Password} by https://bob:hunter22222@store/x";
        }

        async Task<string> ShownTo(Caller caller) => (await _gateway.CallAsAsync(caller, "pxcloud_get_vm", $$"""{"id":"{{Vm}}"}""")).Text;

        Assert.Contains("https://***@store/x", await ShownTo(Plain), StringComparison.Ordinal);
        Assert.Contains("https://bob:hunter22222@store/x", await ShownTo(Keeper), StringComparison.Ordinal);
        Assert.DoesNotContain(_cloud.Password, await ShownTo(Keeper), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoami_tells_the_right_to_those_who_have_it()
    {
        var keeper = (await _gateway.CallAsAsync(Keeper, "whoami")).Text;

        Assert.Contains("sees passwords, tokens and keys in answers of pxcloud", keeper, StringComparison.Ordinal);
        Assert.DoesNotContain("sees passwords", (await _gateway.CallAsAsync(Plain, "whoami")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("sees passwords", (await _gateway.CallAsAsync(Other, "whoami")).Text, StringComparison.Ordinal);
    }

    private async Task<string> ShareAsync(Caller caller)
    {
        var share = await _gateway.CallAsAsync(caller, "pxcloud_post_api_vms_id_console_share", $$"""{"id":"{{Vm}}","access_mode":"view_only","expires_in_seconds":3600}""");
        Assert.False(share.IsError, share.Text);
        return share.Structured!.Value.GetProperty("result").GetProperty("value").GetProperty("share_url").GetString()!.Split('/')[^1];
    }
}
