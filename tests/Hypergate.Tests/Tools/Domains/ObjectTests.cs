using System.Text.Json;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Domains;

/// <summary>Single objects and statistics.</summary>
public sealed class ObjectTests(ReadingGateway reading) : IClassFixture<ReadingGateway>
{
    private GatewayUnderTest Gateway => reading.Gateway;

    [Fact]
    public async Task A_single_object_is_asked_for_without_any_query_and_comes_whole()
    {
        var id = await Gateway.VmAsync("Running");
        var result = await Gateway.DoneAsync("vms_query", $$"""{"operation":"GetVm","id":"{{id}}"}""");

        Assert.Equal($"/rest/v0/vms/{id}", Gateway.Xo.Requests.All[^1].Target);
        Assert.Equal("Running", result.Structured!.Value.GetProperty("value").GetProperty("power_state").GetString());
        Assert.Contains("\"power_state\": \"Running\"", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("markdown")]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("passthrough")]
    public async Task A_single_object_can_be_had_in_every_format(string format)
    {
        var id = await Gateway.VmAsync("Running");
        var result = await Gateway.DoneAsync("vms_query", $$"""{"operation":"GetVm","id":"{{id}}","format":"{{format}}"}""");

        Assert.Contains(id, result.Text, StringComparison.Ordinal);
        Assert.Equal($"/rest/v0/vms/{id}", Gateway.Xo.Requests.All[^1].Target);
    }

    [Fact]
    public async Task An_unknown_object_is_a_failure_that_says_what_to_check()
    {
        var result = await Gateway.CallAsync("hosts_query", $$"""{"operation":"GetHost","id":"{{await Gateway.VmAsync("Running")}}"}""");

        Assert.True(result.IsError);
        Assert.StartsWith("Failed to query hosts: XO API error (404 ", result.Text, StringComparison.Ordinal);
        Assert.Contains("the id of a VM is not found among hosts", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_of_objects_are_hidden()
    {
        var users = await Gateway.IdsAsync("users_query", "GetUsers");
        var user = await Gateway.DoneAsync("users_query", $$"""{"operation":"GetUser","id":"{{users[0]}}"}""");
        var all = await Gateway.DoneAsync("users_query", """{"operation":"GetUsers","fields":"*"}""");

        Assert.DoesNotContain("obfuscated", user.Text + user.Structured + all.Text + all.Structured, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seconds")]
    [InlineData("minutes")]
    [InlineData("hours")]
    [InlineData("days")]
    public async Task Statistics_have_at_most_sixty_points_a_series_and_their_summary(string granularity)
    {
        var id = await Gateway.VmAsync("Running");
        var result = await Gateway.DoneAsync("vms_query", $$"""{"operation":"GetVmStats","id":"{{id}}","granularity":"{{granularity}}"}""");
        var series = Series(result.Structured!.Value).ToList();

        Assert.NotEmpty(series);
        Assert.InRange(result.Text.Length, 1, 25_000);
        Assert.All(series, static one =>
        {
            Assert.True(one.TryGetProperty("min", out _) && one.TryGetProperty("mean", out _) && one.TryGetProperty("max", out _) && one.TryGetProperty("last", out _));
            Assert.InRange(one.TryGetProperty("points", out var points) ? points.GetArrayLength() : 0, 0, 60);
        });
    }

    private static IEnumerable<JsonElement> Series(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty("samples", out _) => [value],
        JsonValueKind.Object => value.EnumerateObject().SelectMany(static property => Series(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Series),
        _ => [],
    };
}
