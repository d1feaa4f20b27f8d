using Hypergate.Tools.Fleet;

namespace Hypergate.Tests.Tools.Fleet;

/// <summary>What fleet tools take, and refuse.</summary>
public sealed class FleetArgumentTests(LookingFleet fleet) : IClassFixture<LookingFleet>
{
    private FleetGateway Gateway => fleet.Gateway;

    [Theory]
    [InlineData("list_vms", """{"detail_lvel":"Full"}""", "detail_level")]
    [InlineData("list_vms", """{"fields":["nmae"]}""", "'name'")]
    [InlineData("list_vms", """{"backend":"pvee"}""", "backend")]
    [InlineData("list_vms", """{"limit":0}""", "limit")]
    [InlineData("list_vms", """{"cursor":"x"}""", "cursor")]
    [InlineData("list_tasks", """{"since":"yesterdayish"}""", "since")]
    [InlineData("get_node_status", "{}", "node")]
    [InlineData("change_vm_state", """{"vmid":100,"action":"Explode"}""", "action")]
    public async Task A_wrong_argument_is_refused_by_its_name(string tool, string arguments, string named)
    {
        var (code, text) = await Gateway.ProblemAsync(tool, arguments);

        Assert.Equal("invalid_arguments", code);
        Assert.Contains(named, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"backend":null,"limit":null,"fields":null,"detail_level":null}""")]
    [InlineData("""{"detail_level":"FULL","format":"csv"}""")]
    [InlineData("""{"cluster_name":"pve"}""")]
    [InlineData("""{"backend":"*"}""")]
    [InlineData("""{"fields":"name,status"}""")]
    public async Task Null_is_not_given_and_case_does_not_count(string arguments)
    {
        var result = await Gateway.CallAsync("list_vms", arguments);

        Assert.False(result.IsError, result.Text);
    }

    [Fact]
    public async Task Pages_hold_every_row_once()
    {
        var whole = (await Gateway.RowsAsync("list_vms", """{"limit":1000,"fields":["id"]}""")).Select(static row => row.GetProperty("id").GetString()).ToList();
        var seen = new List<string?>();
        var cursor = "";
        do
        {
            var page = await Gateway.DoneAsync("list_vms", $$"""{"limit":7,"fields":["id"]{{(cursor.Length > 0 ? $",\"cursor\":\"{cursor}\"" : "")}}}""");
            seen.AddRange(page.GetProperty("rows").EnumerateArray().Select(static row => row.GetProperty("id").GetString()));
            cursor = page.TryGetProperty("next_cursor", out var next) ? next.GetString()! : "";
        }
        while (cursor.Length > 0);

        Assert.Equal(whole, seen);
    }

    [Fact]
    public void Every_tool_has_a_schema_that_requires_only_what_it_needs()
    {
        foreach (var tool in FleetTools.All)
        {
            Assert.Matches("^[a-z][a-z_]{2,40}$", tool.Name);
            Assert.All(tool.AllParameters.Where(static parameter => parameter.Required), static parameter => Assert.Null(parameter.Default));
            Assert.Equal(tool.Changes.Count == 0, tool.Hints.ReadOnly);
        }
    }

    [Theory]
    [InlineData("30d", 30)]
    [InlineData("12h", 0.5)]
    [InlineData("2w", 14)]
    [InlineData("1.5 days", 1.5)]
    public void Spans_of_time_are_read_as_people_write_them(string text, double days) => Assert.Equal(TimeSpan.FromDays(days), TimeText.Span(text));

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("10-11")]
    [InlineData("-3d")]
    [InlineData("99999999y")]
    public void Other_texts_are_no_span(string text) => Assert.Null(TimeText.Span(text));
}
