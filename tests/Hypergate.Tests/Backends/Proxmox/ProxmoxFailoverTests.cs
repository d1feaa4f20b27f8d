using System.Net;
using System.Net.Sockets;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Backends.Proxmox;

public sealed class ProxmoxFailoverTests
{
    private static readonly ContractCall List = new("nodes_qemu_query", """{"operation":"list_qemu","node":"pve1"}""");
    private static readonly ContractCall Change = new("nodes_qemu_action", """{"operation":"update_qemu_config","node":"pve1","vmid":100,"body":{"cores":2}}""");

    [Fact]
    public async Task A_dead_node_costs_a_try_and_the_next_one_answers()
    {
        await using var alive = Node();
        await using var gateway = await ContractGateway.StartAsync(alive.Settings() with { Url = new([Dead(), alive.Url]) });

        Assert.False((await gateway.CallAsync(List)).IsError);
        Assert.False((await gateway.AgreedAsync(Change)).IsError);
        Assert.False((await gateway.CallAsync("check_connection")).Text.Contains("Cannot connect", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_no_node_answers_all_of_them_are_told()
    {
        await using var node = Node();
        await using var gateway = await ContractGateway.StartAsync(node.Settings() with { Url = new([Dead(), Dead()]) });

        Assert.Contains("None of the 2 nodes can be reached", (await gateway.CallAsync("check_connection")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_that_may_have_arrived_is_not_sent_to_another_node()
    {
        await using var dropping = Node(static request => request.Method == "PUT" ? [] : null);
        await using var other = Node();
        await using var gateway = await ContractGateway.StartAsync(dropping.Settings(other.Url));

        var result = await gateway.AgreedAsync(Change);

        Assert.True(result.IsError);
        Assert.Contains("not known whether", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Asked, static asked => asked.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_read_that_one_node_cannot_pass_on_is_asked_of_another_once()
    {
        await using var cut = Node(static request => request.Target.EndsWith("/qemu", StringComparison.Ordinal) ? ScriptedNode.Error(595, "No route to host") : null);
        await using var other = Node();
        await using var gateway = await ContractGateway.StartAsync(cut.Settings(other.Url));

        Assert.False((await gateway.CallAsync(List)).IsError);
        Assert.Single(other.Asked, static asked => asked == "GET /nodes/pve1/qemu");
    }

    [Fact]
    public async Task A_node_that_none_reaches_is_told_to_be_offline()
    {
        await using var node = Node(static request => request.Target.EndsWith("/qemu", StringComparison.Ordinal) ? ScriptedNode.Error(595, "No route to host") : null);
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        var list = await gateway.CallAsync(List);

        Assert.Contains("No route to host", list.Text, StringComparison.Ordinal);
        Assert.Contains("offline", list.Text, StringComparison.Ordinal);
    }

    private static ScriptedNode Node(Func<RawRequest, byte[]?>? first = null) => ScriptedNode.Answering(request => first?.Invoke(request) ?? ScriptedNode.PathOf(request) switch
    {
        "/nodes/pve1/qemu" => ScriptedNode.Data("""[{"vmid":100,"name":"vm-100","status":"running"}]"""),
        "/nodes/pve1/qemu/100/config" => ScriptedNode.Data("null"),
        _ => null,
    });

    // A port that was free a moment ago.
    private static Uri Dead()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
