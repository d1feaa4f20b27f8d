using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Backends.Proxmox;

public sealed class ProxmoxSessionTests
{
    private const string Password = "p ss&w=rd;ä";
    private static readonly ContractCall List = new("nodes_qemu_query", """{"operation":"list_qemu","node":"pve1"}""");

    [Fact]
    public async Task A_password_opens_one_session_whose_ticket_goes_with_every_request()
    {
        await using var node = Node();
        await using var gateway = await ContractGateway.StartAsync(Settings(node));

        await gateway.CallAsync(List);
        await gateway.CallAsync(List);

        var login = Assert.Single(Logins(node));
        Assert.Equal($"username=op%40pve&password={Uri.EscapeDataString(Password)}", login.Body);
        Assert.Null(login.Header("Cookie"));
        Assert.All(node.Requests.Where(static request => request.Method == "GET"), static request =>
        {
            Assert.Equal("PVEAuthCookie=PVE%3Aop%40pve%3ATICKET1%3A%3Asig%2B%2F", request.Header("Cookie"));
            Assert.Null(request.Header("CSRFPreventionToken"));
            Assert.Null(request.Header("Authorization"));
        });
    }

    [Fact]
    public async Task A_write_carries_the_second_token()
    {
        await using var node = Node();
        await using var gateway = await ContractGateway.StartAsync(Settings(node));

        await gateway.AgreedAsync(new("nodes_qemu_action", """{"operation":"update_qemu_config","node":"pve1","vmid":100,"body":{"cores":2}}"""));

        Assert.Equal("CSRF1", node.Requests.Single(static request => request.Method == "PUT").Header("CSRFPreventionToken"));
    }

    [Fact]
    public async Task A_session_is_renewed_with_its_own_ticket_before_it_ends()
    {
        var time = new ManualTime();
        await using var node = Node();
        await using var gateway = await ContractGateway.StartAsync(time, Settings(node));

        time.Advance(TimeSpan.FromMinutes(61));
        var list = await gateway.CallAsync(List);

        Assert.False(list.IsError, list.Text);
        Assert.Equal(2, Logins(node).Count);
        Assert.Contains("TICKET1", Logins(node)[1].Body, StringComparison.Ordinal);
        Assert.Contains("TICKET2", node.Requests.Last().Header("Cookie"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_has_ended_is_opened_with_the_password_again()
    {
        var time = new ManualTime();
        await using var node = Node();
        await using var gateway = await ContractGateway.StartAsync(time, Settings(node));

        time.Advance(TimeSpan.FromHours(3));
        await gateway.CallAsync(List);

        Assert.DoesNotContain("TICKET1", Logins(node)[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_that_is_refused_is_replaced_once_and_the_request_repeated_once()
    {
        var refusals = 0;
        await using var node = Node(request => request.Target.EndsWith("/qemu", StringComparison.Ordinal) && refusals++ == 0 ? ScriptedNode.Error(401, "No ticket") : null);
        await using var gateway = await ContractGateway.StartAsync(Settings(node));

        var list = await gateway.CallAsync(List);

        Assert.False(list.IsError, list.Text);
        Assert.Equal(2, node.Asked.Count(static asked => asked == "GET /nodes/pve1/qemu"));
        Assert.Equal(2, Logins(node).Count);
    }

    [Fact]
    public async Task A_wrong_password_is_not_tried_again_at_once()
    {
        await using var node = Node(static request => ScriptedNode.PathOf(request) == "/access/ticket" ? ScriptedNode.Error(401, "authentication failure", """{"data":null,"message":"authentication failure\n"}""") : null);
        await using var gateway = await ContractGateway.StartAsync(Settings(node));

        var check = await gateway.CallAsync("check_connection");
        await gateway.CallAsync("check_connection");

        Assert.Contains("check username", check.Text, StringComparison.Ordinal);
        Assert.Single(Logins(node));
    }

    [Fact]
    public async Task An_account_with_a_second_factor_is_told_to_use_a_token()
    {
        await using var node = Node(static request => ScriptedNode.PathOf(request) == "/access/ticket"
            ? ScriptedNode.Data("""{"username":"op@pve","ticket":"PVE:!tfa!x","CSRFPreventionToken":"c","NeedTFA":1}""")
            : null);
        await using var gateway = await ContractGateway.StartAsync(Settings(node));

        Assert.Contains("second factor", (await gateway.CallAsync("check_connection")).Text, StringComparison.Ordinal);
    }

    private static List<RawRequest> Logins(ScriptedNode node) => [.. node.Requests.Where(static request => request.Method == "POST")];

    private static BackendSettings Settings(ScriptedNode node) => node.Settings() with { Auth = new() { Username = "op@pve", Password = new Secret(Password) } };

    private static ScriptedNode Node(Func<RawRequest, byte[]?>? first = null)
    {
        var logins = 0;
        return ScriptedNode.Answering(request => first?.Invoke(request) ?? ScriptedNode.PathOf(request) switch
        {
            "/access/ticket" => ScriptedNode.Data($$"""{"username":"op@pve","ticket":"PVE:op@pve:TICKET{{++logins}}::sig+/","CSRFPreventionToken":"CSRF{{logins}}"}"""),
            "/nodes/pve1/qemu" => ScriptedNode.Data("""[{"vmid":100,"name":"vm-100","status":"running"}]"""),
            "/nodes/pve1/qemu/100/config" => ScriptedNode.Data("null"),
            _ => null,
        });
    }
}
