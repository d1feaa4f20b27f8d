using System.Text.Json;
using Hypergate.Simulator.Faults;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Utility;

/// <summary>The tools that are the gateway's own, and its prompt.</summary>
public sealed class UtilityToolTests(ReadingGateway reading) : IClassFixture<ReadingGateway>
{
    private GatewayUnderTest Gateway => reading.Gateway;

    [Fact]
    public async Task Check_connection_tells_version_user_rights_and_latency()
    {
        var result = await Gateway.DoneAsync("check_connection");
        var backend = Assert.Single(result.Structured!.Value.GetProperty("backends").EnumerateArray());

        Assert.StartsWith("Connection to XO server successful.", result.Text, StringComparison.Ordinal);
        Assert.Contains("User: admin (administrator)", result.Text, StringComparison.Ordinal);
        Assert.Contains("read only", result.Text, StringComparison.Ordinal);
        Assert.Equal("0.39.0", backend.GetProperty("version").GetString());
        Assert.True(backend.GetProperty("reachable").GetBoolean());
        Assert.True(backend.GetProperty("latency_ms").GetDouble() > 0);
        Assert.DoesNotContain(Gateway.Xo.Token, result.Text + result.Structured, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_connection_tells_of_each_backend()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new GatewayWish { Backends = 2 });
        gateway.Platforms[1].Faults.Add(new Fault { ExpiredToken = true });
        var result = await gateway.DoneAsync("check_connection");

        Assert.Equal([true, false], result.Structured!.Value.GetProperty("backends").EnumerateArray().Select(static backend => backend.GetProperty("reachable").GetBoolean()));
        Assert.Contains("Backend: xo1 ", result.Text, StringComparison.Ordinal);
        Assert.Contains("Connection test failed: Authentication failed: check XO_TOKEN", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_asked_for_before_the_platform_is_known_is_waited_for()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new GatewayWish { IsAwaited = false });

        Assert.Contains("/vms", (await gateway.DoneAsync("describe_operation", """{"operation":"GetVms"}""")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_platform_is_not_known_that_is_said_of_an_operation_that_is_not_found()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new GatewayWish
        {
            IsAwaited = false,
            Platform = new GatewayWish().Platform with { RefuseAtStart = TimeSpan.FromHours(1) },
        });

        var result = await gateway.CallAsync("describe_operation", """{"operation":"GetVms"}""");

        Assert.True(result.IsError);
        Assert.Contains("There is no operation 'GetVms' on any backend (xo). The operations of 'xo' are not known yet: ", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_counts_and_never_lists_every_VM()
    {
        var result = await Gateway.DoneAsync("get_infrastructure_summary");
        var counts = Assert.Single(result.Structured!.Value.GetProperty("backends").EnumerateArray());

        Assert.Contains("## Pools (3)", result.Text, StringComparison.Ordinal);
        Assert.Contains("## Hosts (12: ", result.Text, StringComparison.Ordinal);
        Assert.Contains("## VMs (40)", result.Text, StringComparison.Ordinal);
        Assert.Contains("## Needs attention", result.Text, StringComparison.Ordinal);
        Assert.Equal(40, counts.GetProperty("vms").EnumerateObject().Sum(static state => state.Value.GetInt32()));
        foreach (var id in await Gateway.IdsAsync("vms_query", "GetVms"))
        {
            Assert.DoesNotContain(id, result.Text.Split("## Needs attention")[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_summary_tells_what_it_could_not_read()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Xo.Faults.Add(new Fault { Path = "/srs", Status = 500 });
        var result = await gateway.DoneAsync("get_infrastructure_summary");

        Assert.Contains("## VMs (40)", result.Text, StringComparison.Ordinal);
        Assert.Contains("Part of it could not be read: XO API error (500 ", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_is_small_for_a_large_data_centre()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new GatewayWish { Platform = new() { Vms = 1_000, CacheLag = TimeSpan.Zero } });
        var result = await gateway.DoneAsync("get_infrastructure_summary");

        Assert.Contains("## VMs (1000)", result.Text, StringComparison.Ordinal);
        Assert.InRange(result.Text.Length, 500, 8_000);
    }

    [Theory]
    [InlineData("GetVms", "vms_query", "read", "GET /vms")]
    [InlineData("StartVm", "vms_action", "write", "POST /vms/{id}/actions/start")]
    [InlineData("DeleteVm", "vms_action", "dangerous", "DELETE /vms/{id}")]
    [InlineData("CreateAclV2Privilege", "acl_privileges_action", "admin", "POST /acl-privileges")]
    public async Task Describe_operation_gives_the_whole_of_one(string operation, string tool, string access, string request)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        var result = await gateway.DoneAsync("describe_operation", $$"""{"operation":"{{operation}}"}""");
        var description = result.Structured!.Value;

        Assert.Equal(tool, description.GetProperty("tool").GetString());
        Assert.Equal(access, description.GetProperty("class").GetString());
        Assert.Equal(request, description.GetProperty("request").GetString());
        Assert.True(JsonElement.DeepEquals(description, JsonElement.Parse(result.Text)));
    }

    [Fact]
    public async Task Describe_operation_shows_the_bodys_schema_and_suggests_the_nearest_name()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        var result = await gateway.DoneAsync("describe_operation", """{"operation":"SnapshotVm"}""");
        var wrong = await gateway.CallAsync("describe_operation", """{"operation":"SnapshotVn"}""");
        var spelled = await gateway.DoneAsync("describe_operation", """{"operation":"xo.snapshot_vm"}""");
        var elsewhere = await gateway.CallAsync("describe_operation", """{"operation":"SnapshotVm","backend":"other"}""");

        Assert.Equal("string", result.Structured!.Value.GetProperty("arguments").GetProperty("body").GetProperty("schema").GetProperty("properties").GetProperty("name_label").GetProperty("type").GetString());
        Assert.Contains("Did you mean 'SnapshotVm'?", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(result.Text, spelled.Text);
        Assert.True(elsewhere.IsError);
    }

    [Fact]
    public void The_prompt_asks_for_the_summary()
    {
        var prompt = Hypergate.Host.Composition.Gateway.Prompts[0];

        Assert.Equal("infrastructure-overview", prompt.Name);
        Assert.NotEmpty(prompt.Description);
        Assert.Contains("get_infrastructure_summary", prompt.Text, StringComparison.Ordinal);
    }
}
