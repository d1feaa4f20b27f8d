using System.Text.Json;
using Hypergate.Results;
using Hypergate.Tests.Host;
using Hypergate.Tools;

namespace Hypergate.Tests.Tools.Domains;

/// <summary>Lists: what is asked of the platform, and what a caller sees of them.</summary>
public sealed class ListTests(ReadingGateway reading) : IClassFixture<ReadingGateway>
{
    private GatewayUnderTest Gateway => reading.Gateway;

    [Fact]
    public async Task Without_wishes_a_list_has_the_fields_of_the_descriptions_example_and_the_id()
    {
        var result = await Gateway.DoneAsync("vms_query", """{"operation":"GetVms","limit":2}""");

        Assert.Contains("| name_label | power_state | uuid | id |", result.Text, StringComparison.Ordinal);
        Assert.Equal(2, Rows(result).Count);
        Assert.Equal(40, result.Structured!.Value.GetProperty("total").GetInt32());
        Assert.StartsWith("rows 1–2 of 40; go on with cursor: \"", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_platform_is_asked_for_streamed_JSON_with_exactly_the_fields_that_are_needed()
    {
        await Gateway.DoneAsync("vms_query", """{"operation":"GetVms","fields":"name_label,memory.size","sort":"-CPUs.number","filter":"power_state:Running","limit":1}""");
        var target = Uri.UnescapeDataString(Gateway.Xo.Requests.All[^1].Target);

        Assert.StartsWith("/rest/v0/vms?", target, StringComparison.Ordinal);
        Assert.Contains("ndjson=true", target, StringComparison.Ordinal);
        Assert.DoesNotContain("markdown", target, StringComparison.Ordinal);
        Assert.DoesNotContain("limit", target, StringComparison.Ordinal);
        Assert.Contains("filter=power_state:Running", target, StringComparison.Ordinal);
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal) { "name_label", "id" },
            target.Split("fields=")[1].Split('&')[0].Split(',').ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_dotted_field_is_a_column_of_its_own_and_a_sort_puts_numbers_by_value()
    {
        var result = await Gateway.DoneAsync("vms_query", """{"operation":"GetVms","fields":"name_label,memory.size","sort":"-memory.size"}""");
        var sizes = Rows(result).Select(static row => row.GetProperty("memory.size").GetInt64()).ToList();

        Assert.Contains("| name_label | memory.size |", result.Text, StringComparison.Ordinal);
        Assert.Equal(sizes.OrderDescending(), sizes);
        Assert.NotEqual(sizes[0], sizes[^1]);
    }

    [Fact]
    public async Task Offset_and_limit_cut_the_sorted_list()
    {
        var all = await Gateway.IdsAsync("vms_query", "GetVms");
        var part = await Gateway.DoneAsync("vms_query", """{"operation":"GetVms","fields":"id","sort":"id","offset":5,"limit":3}""");

        Assert.Equal(all.Order(StringComparer.Ordinal), all);
        Assert.Equal(all.Skip(5).Take(3), Rows(part).Select(static row => row.GetProperty("id").GetString()!));
        Assert.StartsWith("rows 6–8 of 40", part.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("-id")]
    [InlineData("name_label")]
    [InlineData("-power_state")]
    [InlineData("memory.size")]
    [InlineData("mainIpAddress")]
    public async Task Pages_by_cursor_show_every_object_exactly_once(string sort)
    {
        var seen = await PagesAsync(Gateway, sort, static _ => Task.CompletedTask);

        Assert.Equal(40, seen.Count);
        Assert.Equal(40, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("id")]
    [InlineData("name_label")]
    public async Task Pages_by_cursor_miss_nothing_though_objects_move_in_the_platforms_own_order(string sort)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            GatewayWish.Acting with { Policy = new() { Confirmation = new() { Unconfirmed = ["PutVmTag"] } } });
        var all = await gateway.IdsAsync("vms_query", "GetVms");
        var seen = await PagesAsync(gateway, sort, async page =>
        {
            // What changes moves to the end of the platform's list.
            await gateway.DoneAsync("vms_action", $$"""{"operation":"PutVmTag","id":"{{all[page]}}","tag":"t{{page}}"}""");
            await gateway.DoneAsync("vms_action", $$"""{"operation":"PutVmTag","id":"{{all[^(page + 1)]}}","tag":"t{{page}}"}""");
        });

        Assert.Equal(all.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"operation":"GetVms","fields":"id","limit":5,"filter":"power_state:Running"}""")]
    [InlineData("""{"operation":"GetVms","fields":"id","limit":5,"sort":"name_label"}""")]
    public async Task A_cursor_is_refused_by_another_query(string arguments)
    {
        var cursor = Cursor(await Gateway.DoneAsync("vms_query", """{"operation":"GetVms","fields":"id","limit":5}"""));
        var result = await Gateway.CallAsync("vms_query", arguments[..^1] + $",\"cursor\":\"{cursor}\"}}");

        Assert.True(result.IsError);
        Assert.Contains("cursor belongs to another query", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_format_says_the_same()
    {
        const string Query = """{"operation":"GetPools","fields":"id,name_label","format":"FORMAT"}""";
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var format in (string[])["markdown", "json", "csv", "passthrough", "JsonNormal"])
        {
            answers[format] = (await Gateway.DoneAsync("pools_query", Query.Replace("FORMAT", format, StringComparison.Ordinal))).Text;
        }

        var ids = await Gateway.IdsAsync("pools_query", "GetPools");
        Assert.All(answers.Values, answer => Assert.All(ids, id => Assert.Contains(id, answer, StringComparison.Ordinal)));
        Assert.Contains("| id | name_label |", answers["markdown"], StringComparison.Ordinal);
        Assert.Contains("id,name_label", answers["csv"], StringComparison.Ordinal);
        Assert.StartsWith("| id", answers["passthrough"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passthrough_relays_the_platforms_own_table()
    {
        await Gateway.DoneAsync("vms_query", """{"operation":"GetVms","fields":"id","limit":3,"format":"passthrough"}""");
        var target = Gateway.Xo.Requests.All[^1].Target;

        Assert.Contains("markdown=true", target, StringComparison.Ordinal);
        Assert.DoesNotContain("ndjson", target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passthrough_keeps_the_limit()
    {
        var result = await Gateway.DoneAsync("vms_query", """{"operation":"GetVms","fields":"id","limit":3,"format":"passthrough"}""");

        Assert.Equal(5, result.Text.Trim().Split('\n').Length);
    }

    [Fact]
    public async Task What_exceeds_the_budget_is_cut_at_a_row_with_the_count_and_a_cursor()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new GatewayWish { Output = new OutputSettings { BudgetCharacters = 4_000 } });
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await gateway.DoneAsync("vms_query", $$"""{"operation":"GetVms","fields":"id,name_label,name_description"{{(cursor is null ? "" : $",\"cursor\":\"{cursor}\"")}}}""");
            Assert.InRange(page.Text.Length, 1, 4_000);
            Assert.EndsWith("|", page.Text.TrimEnd(), StringComparison.Ordinal);
            seen.AddRange(Rows(page).Select(static row => row.GetProperty("id").GetString()!));
            cursor = page.Structured!.Value.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(await gateway.IdsAsync("vms_query", "GetVms", limit: 40), seen);
    }

    [Fact]
    public async Task All_fields_of_all_objects_stay_within_the_budget()
    {
        var result = await Gateway.DoneAsync("vms_query", """{"operation":"GetVms","fields":"*"}""");

        Assert.InRange(result.Text.Length, 1_000, 25_000);
        Assert.InRange(result.Structured!.Value.GetRawText().Length, 1_000, 60_000);
        Assert.True(result.Structured.Value.TryGetProperty("next_cursor", out _));
    }

    [Theory]
    [InlineData("name_lable", "name_label")]
    [InlineData("nameLabel", "name_label")]
    public async Task An_unknown_field_is_a_warning_with_the_nearest_one(string field, string nearest)
    {
        var result = await Gateway.DoneAsync("vms_query", $$"""{"operation":"GetVms","fields":"id,{{field}}","limit":1}""");

        Assert.Contains($"no field \"{field}\"; did you mean {nearest}?", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CPUs.number:8", "'CPUs:number:'")]
    [InlineData("auto_poweron:true", "write 'auto_poweron?'")]
    [InlineData("auto_poweron:false", "write '!auto_poweron?'")]
    public async Task A_filter_that_can_never_match_is_sent_as_it_is_and_warned_of(string filter, string warning)
    {
        var result = await Gateway.DoneAsync("vms_query", $$"""{"operation":"GetVms","filter":"{{filter}}"}""");

        Assert.Contains(warning, result.Text, StringComparison.Ordinal);
        Assert.Empty(Rows(result));
        Assert.Contains(Uri.EscapeDataString(filter), Gateway.Xo.Requests.All[^1].Target, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_filter_that_does_not_parse_is_answered_with_the_platforms_words()
    {
        var result = await Gateway.CallAsync("vms_query", """{"operation":"GetVms","filter":"name:("}""");

        Assert.True(result.IsError);
        Assert.StartsWith("Failed to query vms: XO API error (400 ", result.Text, StringComparison.Ordinal);
        Assert.Contains("parse error", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_within_an_object_is_a_list_too()
    {
        var vm = await Gateway.VmAsync("Running");
        var result = await Gateway.DoneAsync("vms_query", $$"""{"operation":"GetVmVdis","id":"{{vm}}","fields":"id,name_label"}""");

        Assert.NotEmpty(Rows(result));
        Assert.All(Rows(result), static row => Assert.True(row.TryGetProperty("name_label", out _)));
    }

    [Fact]
    public async Task Columns_that_the_first_row_lacks_are_kept()
    {
        var result = await Gateway.DoneAsync("vms_query", """{"operation":"GetVms","fields":"id,power_state,mainIpAddress","sort":"power_state","limit":40}""");

        Assert.Contains("| id | power_state | mainIpAddress |", result.Text, StringComparison.Ordinal);
        Assert.False(Rows(result)[0].TryGetProperty("mainIpAddress", out _));
        Assert.Contains(Rows(result), static row => row.TryGetProperty("mainIpAddress", out _));
    }

    [Fact]
    public async Task An_empty_list_says_so()
    {
        var result = await Gateway.DoneAsync("vms_query", """{"operation":"GetVms","filter":"name_label:/^nothing-is-called-so$/"}""");

        Assert.Empty(Rows(result));
        Assert.Equal(0, result.Structured!.Value.GetProperty("total").GetInt32());
        Assert.NotEmpty(result.Text);
    }

    private static async Task<List<string>> PagesAsync(GatewayUnderTest gateway, string sort, Func<int, Task> between)
    {
        var seen = new List<string>();
        string? cursor = null;
        for (var page = 0; page == 0 || cursor is not null; page++)
        {
            var result = await gateway.DoneAsync(
                "vms_query", $$"""{"operation":"GetVms","fields":"id","sort":"{{sort}}","limit":7{{(cursor is null ? "" : $",\"cursor\":\"{cursor}\"")}}}""");
            seen.AddRange(Rows(result).Select(static row => row.GetProperty("id").GetString()!));
            cursor = result.Structured!.Value.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
            await between(page);
        }

        return seen;
    }

    private static string Cursor(ToolResult result) => result.Structured!.Value.GetProperty("next_cursor").GetString()!;

    private static List<JsonElement> Rows(ToolResult result) => [.. result.Structured!.Value.GetProperty("rows").EnumerateArray()];
}
