using System.Globalization;
using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Tests.Tools.Query;

/// <summary>Every kind of error, where it is, and what to do.</summary>
public class QueryErrorTests
{
    private readonly QueryWorld _world = QueryWorld.Filled();

    [Theory]
    [InlineData("unknown_key", "/groupby2", """{"from":"guests","groupby2":["node"]}""")]
    [InlineData("unknown_key", "/where/colum", """{"from":"guests","where":{"field":"name","operator":"=","value":"x","colum":1}}""")]
    [InlineData("unknown_table", "/from", """{"from":"gests"}""")]
    [InlineData("unknown_table", "/from", "{}")]
    [InlineData("unknown_field", "/select/1", """{"from":"guests","select":["name","nodee"]}""")]
    [InlineData("unknown_table", "/where/conditions/0/field", """{"from":"guests","where":{"conditions":[{"field":"in_guests.x","operator":"=","value":[1]}]}}""")]
    [InlineData("unknown_field", "/orderBy/0/field", """{"from":"guests","orderBy":[{"field":"memori_usage"}]}""")]
    [InlineData("ambiguous_field", "/select/0", """{"from":"guests","select":["name"],"join":[{"table":"nodes","on":[{"left":"guests.node","right":"nodes.name"}]}]}""")]
    [InlineData("bad_operator", "/where/operator", """{"from":"guests","where":{"field":"name","operator":"~","value":["x"]}}""")]
    [InlineData("bad_operator", "/where/field", """{"from":"guests","where":{"field":"vmid","operator":"CONTAINS","value":["1"]}}""")]
    [InlineData("bad_operator", "/where/field", """{"from":"guests","where":{"field":"is_template","operator":">","value":[false]}}""")]
    [InlineData("bad_operator", "/where/field", """{"from":"guests","where":{"field":"tags","operator":">","value":["a"]}}""")]
    [InlineData("bad_value", "/where/conditions/1/value", """{"from":"guests","where":{"conditions":[{"field":"name","operator":"=","value":["10-11"]},{"field":"vmid","operator":"=","value":["abc"]}]}}""")]
    [InlineData("bad_value", "/where/value", """{"from":"tasks","where":{"field":"started","operator":">","value":["10-11"]}}""")]
    [InlineData("bad_value", "/where/value", """{"from":"guests","where":{"field":"vmid","operator":"BETWEEN","value":[9,1]}}""")]
    [InlineData("bad_value", "/where/value", """{"from":"guests","where":{"field":"vmid","operator":"=","value":[1,2]}}""")]
    [InlineData("bad_value", "/where/value", """{"from":"guests","where":{"field":"vmid","operator":"=","value":[null]}}""")]
    [InlineData("bad_value", "/backends/0", """{"from":"guests","backends":["production"]}""")]
    [InlineData("bad_value", "/format", """{"from":"guests","format":"xml"}""")]
    [InlineData("missing_value", "/where", """{"from":"guests","where":{"field":"vmid","operator":"="}}""")]
    [InlineData("missing_value", "/where/value", """{"from":"guests","where":{"field":"vmid","operator":"BETWEEN","value":[1]}}""")]
    [InlineData("missing_value", "/where/value", """{"from":"guests","where":{"field":"vmid","operator":"IN","value":[]}}""")]
    [InlineData("bad_logic", "/where/logic", """{"from":"guests","where":{"logic":"xor","conditions":[{"field":"vmid","operator":"=","value":1}]}}""")]
    [InlineData("bad_logic", "/where", """{"from":"guests","where":{"operator":"=","value":1}}""")]
    [InlineData("bad_logic", "/where", """{"from":"guests","where":{"field":"vmid","operator":"=","value":1,"conditions":[]}}""")]
    [InlineData("bad_logic", "/where/conditions/0/conditions", """{"from":"guests","where":{"conditions":[{"conditions":[]}]}}""")]
    [InlineData("bad_aggregate", "/select/0", """{"from":"guests","select":["SUM(name)"]}""")]
    [InlineData("bad_aggregate", "/select/0", """{"from":"guests","select":["MEDIAN(vmid)"]}""")]
    [InlineData("bad_aggregate", "/select/0", """{"from":"guests","select":["SUM(*)"]}""")]
    [InlineData("bad_aggregate", "/where/field", """{"from":"guests","where":{"field":"COUNT(*)","operator":">","value":1}}""")]
    [InlineData("not_grouped", "/select/0", """{"from":"guests","select":["name","COUNT(*)"]}""")]
    [InlineData("not_grouped", "/select/0", """{"from":"guests","select":["*"],"groupBy":["node"]}""")]
    [InlineData("not_grouped", "/orderBy/0/field", """{"from":"guests","select":["node"],"distinct":true,"orderBy":[{"field":"name"}]}""")]
    [InlineData("bad_alias", "/select/0", """{"from":"guests","select":["COUNT(*) as \"a b\""]}""")]
    [InlineData("bad_alias", "/select/1", """{"from":"guests","select":["name as x","node as X"]}""")]
    [InlineData("bad_join", "/join/0", """{"from":"guests","join":[{"table":"nodes"}]}""")]
    [InlineData("bad_join", "/join/0/type", """{"from":"guests","join":[{"table":"nodes","type":"outer","on":[{"left":"node","right":"name"}]}]}""")]
    [InlineData("bad_join", "/join/0/on/0", """{"from":"guests","join":[{"table":"nodes","on":[{"left":"guests.vmid","right":"nodes.name"}]}]}""")]
    [InlineData("bad_join", "/join/0/table", """{"from":"guests","join":[{"table":"guests","on":[{"left":"guests.vmid","right":"guests.vmid"}]}]}""")]
    [InlineData("bad_paging", "/limit", """{"from":"guests","limit":1001}""")]
    [InlineData("bad_paging", "/offset", """{"from":"guests","offset":-1}""")]
    public async Task An_error_has_a_code_a_place_and_a_message(string code, string at, string query)
    {
        var error = await _world.ErrorAsync(query);

        Assert.Equal((code, at), (error.GetProperty("code").GetString(), error.GetProperty("at").GetString()));
        Assert.NotEqual("", error.GetProperty("message").GetString());
        Assert.Empty(_world.Tables.Requests);
    }

    [Theory]
    [InlineData("bad_syntax", 8, "SELECT FROM guests")]
    [InlineData("bad_syntax", 1, "DELETE FROM guests")]
    [InlineData("bad_syntax", 18, "SELECT name FORM guests")]
    [InlineData("bad_syntax", 40, "SELECT name FROM guests WHERE status = running")]
    [InlineData("bad_syntax", 40, "SELECT name FROM guests WHERE status = 'running")]
    [InlineData("bad_syntax", 26, "SELECT name FROM guests; DROP TABLE guests")]
    [InlineData("bad_syntax", 25, "SELECT name FROM guests UNION SELECT name FROM nodes")]
    [InlineData("bad_syntax", 40, "SELECT name FROM guests WHERE name IN (SELECT name FROM nodes)")]
    [InlineData("bad_syntax", 33, "SELECT name FROM guests LIMIT 5 WHERE name = 'x'")]
    [InlineData("unknown_field", 8, "SELECT nam_e_x FROM guests")]
    [InlineData("unknown_table", 18, "SELECT name FROM gasts")]
    [InlineData("bad_aggregate", 8, "SELECT LOWER(name) FROM guests")]
    [InlineData("bad_value", 38, "SELECT name FROM guests WHERE vmid = 'x'")]
    [InlineData("bad_paging", 31, "SELECT name FROM guests LIMIT 5000")]
    public async Task An_error_in_a_text_has_its_position(string code, int position, string query)
    {
        var error = await _world.ErrorAsync(query);

        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal("/query", error.GetProperty("at").GetString());
        Assert.Equal(position, error.GetProperty("position").GetInt32());
    }

    [Fact]
    public async Task The_nearest_name_is_suggested()
    {
        var error = await _world.ErrorAsync("SELECT nodee FROM guests");

        Assert.Equal("Did you mean node?", error.GetProperty("hint").GetString());
    }

    [Fact]
    public async Task Conditions_have_a_depth_and_a_number()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"conditions":[""", 9)) + """{"field":"vmid","operator":"=","value":1}""" + string.Concat(Enumerable.Repeat("]}", 9));
        var many = string.Join(" OR ", Enumerable.Repeat("vmid = 1", 101));
        var brackets = new string('(', 5_000) + "vmid = 1" + new string(')', 5_000);

        Assert.Equal("too_deep", (await _world.ErrorAsync($$"""{"from":"guests","where":{{deep}}}""")).GetProperty("code").GetString());
        Assert.Equal("too_deep", (await _world.ErrorAsync($"SELECT name FROM guests WHERE {many}")).GetProperty("code").GetString());
        Assert.Equal("too_deep", (await _world.ErrorAsync($"SELECT name FROM guests WHERE {brackets}")).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_query_of_too_many_calls_is_refused_before_it_reads_and_says_what_would_help()
    {
        _world.Tables.Count = static (request, per) => per == PricePer.Guest && !request.Bounds.Any(static bound => bound.Column == "vmid") ? 201 : 1;
        var error = await _world.ErrorAsync("SELECT name FROM snapshots");

        Assert.Equal("too_expensive", error.GetProperty("code").GetString());
        Assert.Contains("vmid", error.GetProperty("hint").GetString(), StringComparison.Ordinal);
        Assert.Empty(_world.Tables.Requests);
        Assert.Equal(["before-upgrade"], await _world.RowsAsync("SELECT name FROM snapshots WHERE vmid = 100"));
    }

    [Fact]
    public async Task A_join_of_too_many_rows_is_refused()
    {
        for (var number = 0; number < 400; number++)
        {
            _world.Tables.Add("tasks", ("backend", "prod"), ("id", $"{number}"), ("node", "pve01"));
        }

        var error = await _world.ErrorAsync("SELECT a.id FROM tasks a JOIN tasks b ON a.node = b.node");

        Assert.Equal("too_expensive", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Nothing_to_read_and_nothing_allowed_are_errors()
    {
        foreach (var backend in (string[])["prod", "lab", "xo"])
        {
            _world.Tables.Failing[backend] = "does not answer";
        }

        _world.Tables.Forbidden.Add("stranger");

        Assert.Equal("unavailable", (await _world.ErrorAsync("SELECT name FROM guests")).GetProperty("code").GetString());
        Assert.Equal("forbidden", (await _world.ErrorAsync("SELECT name FROM guests", caller: "stranger")).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_cursor_is_good_for_its_own_query_and_caller_only()
    {
        var page = await _world.AskAsync("SELECT name FROM guests LIMIT 2");
        var cursor = page.Structured!.Value.GetProperty("next_cursor").GetString()!;

        Assert.Equal("bad_paging", (await _world.ErrorAsync("SELECT id FROM guests LIMIT 2", cursor)).GetProperty("code").GetString());
        Assert.Equal("bad_paging", (await _world.ErrorAsync("SELECT name FROM guests LIMIT 2", cursor, "another")).GetProperty("code").GetString());
        Assert.Equal("bad_paging", (await _world.ErrorAsync("SELECT name FROM guests LIMIT 2", "x")).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_sum_that_is_too_large_is_an_error_and_no_wrong_number()
    {
        _world.Tables.Add("contents", ("backend", "prod"), ("volid", "a"), ("size", long.MaxValue)).Add("contents", ("backend", "prod"), ("volid", "b"), ("size", 1L));

        Assert.Equal("bad_aggregate", (await _world.ErrorAsync("SELECT SUM(size) FROM contents")).GetProperty("code").GetString());
        Assert.Equal(["4611686018427387904"], (await _world.RowsAsync("SELECT AVG(size) AS a FROM contents")).Select(static row => JsonElement.Parse(row).GetDouble().ToString("F0", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("""{"query":5}""", "missing_value")]
    [InlineData("{}", "missing_value")]
    [InlineData("""{"query":"SELECT name FROM guests","limit":5}""", "unknown_key")]
    [InlineData("""{"query":"{\"from\":"}""", "bad_syntax")]
    public async Task Arguments_that_are_no_query_are_errors(string arguments, string code)
    {
        var result = await _world.RunAsync("execute_query", JsonElement.Parse(arguments));

        Assert.Equal(code, JsonElement.Parse(result.Text).GetProperty("error").GetProperty("code").GetString());
    }
}
