using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Mcp.Resources;
using Hypergate.Model;
using Hypergate.Tests.Security.Authorization;

namespace Hypergate.Tests.Host.Mcp.Resources;

/// <summary>Objects of the platforms as resources.</summary>
public sealed class ObjectResourcesTests
{
    [Theory]
    [InlineData("hypergate://backends/xo/objects/guests/qemu%2F100", "qemu/100")]
    [InlineData("hypergate://backends/xo/objects/guests/a%20b", "a b")]
    public void An_address_names_an_object_whose_id_holds_anything(string address, string name) =>
        Assert.Equal(new ResourceAddress.OneObject("xo", "guests", name), ResourceAddress.TryRead(address));

    [Theory]
    [InlineData("hypergate://backends/xo/objects/guests/..")]
    [InlineData("hypergate://backends/xo/objects/guests/%2e%2e")]
    [InlineData("hypergate://backends/xo/objects/guests/")]
    [InlineData("hypergate://backends/xo/objects/guests/a/b")]
    [InlineData("hypergate://documentation/a/b/c")]
    [InlineData("hypergate://backend")]
    public void What_is_no_address_is_none(string address) => Assert.Null(ResourceAddress.TryRead(address));

    [Fact]
    public async Task An_object_is_read_by_id_and_by_a_name_that_it_alone_has()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await using var session = new McpSession(gateway);
        var vm = gateway.Xo.World["vms"].All.First();
        var (id, name) = (vm["id"]!.GetValue<string>(), vm["name_label"]!.GetValue<string>());

        var byId = await ReadAsync(session, ResourceAddress.OfObject("xo", "guests", id));
        var byName = await ReadAsync(session, ResourceAddress.OfObject("xo", "vms", name));

        Assert.Equal(name, byId.GetProperty("name").GetString());
        Assert.Equal(byId.ToString(), byName.ToString());
    }

    [Fact]
    public async Task A_name_that_two_objects_have_names_neither()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await using var session = new McpSession(gateway);
        var ids = gateway.Xo.World["vms"].All.Take(2).Select(static vm => vm["id"]!.GetValue<string>()).ToList();
        gateway.Xo.World.Write(() =>
        {
            ids.ForEach(id => gateway.Xo.World["vms"].Change(id, static vm => vm["name_label"] = "twin"));
            return true;
        });

        var twin = await session.AskAsync("resources/read", $$"""{"uri":"{{ResourceAddress.OfObject("xo", "guests", "twin")}}"}""");
        var first = await ReadAsync(session, ResourceAddress.OfObject("xo", "guests", ids[0]));

        Assert.Equal(-32602, twin.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal("twin", first.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_list_leads_to_every_type_and_object()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await using var session = new McpSession(gateway);

        foreach (var type in (await ReadAsync(session, "hypergate://backends/xo/objects")).GetProperty("types").EnumerateArray())
        {
            var list = await ReadAsync(session, type.GetProperty("uri").GetString()!);
            foreach (var item in list.GetProperty("objects").EnumerateArray().Take(1))
            {
                Assert.Equal(type.GetProperty("type").GetString(), (await ReadAsync(session, item.GetProperty("uri").GetString()!)).GetProperty("object").GetString());
            }
        }
    }

    [Fact]
    public async Task What_a_caller_may_not_see_is_not_there()
    {
        await using var world = await RoleWorld.StartAsync(new RoleSettings
        {
            Allow = [new RuleSettings
            {
                Access = new AccessList(["read"]),
                Where = new Dictionary<string, ConditionSettings>(StringComparer.Ordinal) { ["target.tags"] = new() { OneOf = [RoleWorld.Tag] } },
            }],
        });
        var shelf = new ObjectShelf(world.Gateway.Gateway.Parts.Audiences.InventoryFor(Audience.Of(world.Caller)));
        Task<JsonElement?> Find(string id) => shelf.FindAsync(new("xo", "guests", id), world.Caller, TestContext.Current.CancellationToken);

        Assert.NotNull(await Find(world.Mine[0]));
        Assert.Null(await Find(world.Others[0]));
        var names = await shelf.NamesAsync("xo", "guests", world.Caller, TestContext.Current.CancellationToken);
        Assert.Contains(world.Mine[0], names);
        Assert.DoesNotContain(world.Others[0], names);
        Assert.DoesNotContain(world.Others[0], (await shelf.ListAsync("xo", "guests", world.Caller, TestContext.Current.CancellationToken)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backend_that_a_caller_does_not_have_has_no_objects()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var stranger = new Caller("key:elsewhere", ["viewer"]) { Backends = ["other"] };
        var shelf = new ObjectShelf(gateway.Gateway.Parts.Audiences.InventoryFor(Audience.Of(stranger)));

        Assert.Null(shelf.ListTypes("xo"));
        Assert.Null(await shelf.ListAsync("xo", "guests", stranger, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Types_objects_and_names_are_completed()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await using var session = new McpSession(gateway);
        var vm = gateway.Xo.World["vms"].All.First()["id"]!.GetValue<string>();

        Assert.Equal(["nodes", "networks"], await CompleteAsync(session, "type", "n", """{"backend":"xo"}"""));
        Assert.Equal([vm], await CompleteAsync(session, "object", vm, """{"backend":"xo","type":"guests"}"""));
        Assert.Empty(await CompleteAsync(session, "object", "", """{"backend":"xo","type":"nothing"}"""));
        Assert.Empty(await CompleteAsync(session, "object", "", """{"backend":"elsewhere","type":"guests"}"""));
        Assert.Contains("backups", await CompleteAsync(session, "topic", "b", "{}"));
    }

    private static async Task<JsonElement> ReadAsync(McpSession session, string address)
    {
        var answer = await session.AskAsync("resources/read", $$"""{"uri":"{{address}}"}""");
        Assert.True(answer.TryGetProperty("result", out var result), answer.ToString());
        return JsonElement.Parse(result.GetProperty("contents")[0].GetProperty("text").GetString()!);
    }

    private static async Task<IReadOnlyList<string>> CompleteAsync(McpSession session, string argument, string value, string given)
    {
        var answer = await session.AskAsync("completion/complete", $$$"""
            {"ref":{"type":"ref/resource","uri":"hypergate://backends/{backend}/objects/{type}/{object}"},"argument":{"name":"{{{argument}}}","value":"{{{value}}}"},"context":{"arguments":{{{given}}} } }
            """);
        return [.. answer.GetProperty("result").GetProperty("completion").GetProperty("values").EnumerateArray().Select(static item => item.GetString()!)];
    }
}
