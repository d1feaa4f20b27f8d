using System.Text.Json;
using Hypergate.Model;
using Hypergate.Tools;

namespace Hypergate.Tests.Tools.Fleet;

/// <summary>What the formats make of measurements.</summary>
public sealed class FleetFormatTests(LookingFleet fleet) : IClassFixture<LookingFleet>
{
    private FleetGateway Gateway => fleet.Gateway;

    [Fact]
    public async Task Csv_of_measurements_has_a_line_for_each_moment_and_the_summary_beside_it()
    {
        var answer = await MeasuredAsync("Csv");

        var lines = answer.Text.Split('\n');
        Assert.Equal("backend,guest,time,cpu_usage_percent,cpu_total", lines[0]);
        Assert.Equal(Points(answer) + 1, lines.Length);
        Assert.All(lines[1..], static line => Assert.Matches(@"^pve,[^,]+,\d{4}-\d\d-\d\dT\d\d:\d\d:00Z,[\d.]*,[\d.]*$", line));
        Assert.Matches(@"cpu_usage_percent: min [\d.]+, mean [\d.]+, max [\d.]+, last [\d.]+", answer.Note);
    }

    [Fact]
    public async Task Markdown_of_measurements_is_a_table()
    {
        var answer = await MeasuredAsync("Markdown");

        Assert.StartsWith("| backend | guest | time | cpu_usage_percent | cpu_total |\n| --- |", answer.Text, StringComparison.Ordinal);
        Assert.Equal(Points(answer) + 2, answer.Text.Split('\n').Length);
    }

    [Fact]
    public async Task Toon_of_measurements_holds_their_table_in_the_object()
    {
        var answer = await MeasuredAsync("Toon");

        Assert.Contains($"rows[{Points(answer)}]{{time,cpu_usage_percent,cpu_total}}:", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Normal_JSON_of_measurements_names_every_value_and_the_compact_one_none()
    {
        var normal = JsonElement.Parse((await MeasuredAsync("JsonNormal")).Text).GetProperty("data").GetProperty("series")[0];
        var compact = JsonElement.Parse((await MeasuredAsync("JsonCompact")).Text).GetProperty("data").GetProperty("series")[0];

        Assert.True(normal.GetProperty("rows")[0].TryGetProperty("cpu_usage_percent", out var value));
        Assert.Equal("cpu_usage_percent", compact.GetProperty("columns")[1].GetString());
        Assert.Equal(compact.GetProperty("rows")[0][1].GetRawText(), value.GetRawText());
    }

    private Task<ToolResult> MeasuredAsync(string format) =>
        RunAsync(Caller.LocalUser, "list_vm_rrd_data", $$"""{"vmids":[100],"time_frame":"Month","metrics":["Cpu"],"format":"{{format}}"}""");

    private async Task<ToolResult> RunAsync(Caller caller, string tool, string arguments)
    {
        var result = await Gateway.Gateway.Tools.Find(tool)!.Run(new ToolRequest(caller, JsonElement.Parse(arguments), Conversation.Silent), TestContext.Current.CancellationToken);
        Assert.False(result.IsError, result.Text);
        return result;
    }

    private static int Points(ToolResult answer) => answer.Structured!.Value.GetProperty("series")[0].GetProperty("rows").GetArrayLength();
}
