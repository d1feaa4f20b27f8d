using System.Text.Json.Nodes;

namespace Hypergate.Tests.Simulator;

public class ListsTests
{
    [Fact]
    public async Task Without_fields_a_list_holds_addresses()
    {
        await using var xo = await SimulatedXo.StartAsync();

        var pools = (await xo.GetAsync("/pools")).Json.AsArray();
        Assert.Equal(3, pools.Count);
        Assert.All(pools, address => Assert.Matches("^/rest/v0/pools/[0-9a-f-]{36}$", address!.GetValue<string>()));
    }

    [Fact]
    public async Task Fields_choose_and_a_dotted_one_reaches_in_and_unknown_ones_vanish()
    {
        await using var xo = await SimulatedXo.StartAsync();

        var vm = (await xo.GetAsync("/vms?fields=id,memory.size,CPUs,nothing,memory.nothing&limit=1")).Json[0]!.AsObject();
        Assert.Equal("id memory CPUs href", string.Join(' ', vm.Select(p => p.Key)));
        Assert.Equal("size", Assert.Single(vm["memory"]!.AsObject()).Key);
        Assert.Equal($"/rest/v0/vms/{vm["id"]}", vm["href"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_single_object_has_all_its_fields_and_no_address_whatever_is_asked()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var id = await xo.IdAsync("vms");

        var listed = (await xo.GetAsync($"/vms?fields=*&filter=id:/^{id}$/")).Json[0]!.AsObject();
        listed.Remove("href");
        var single = await xo.GetAsync($"/vms/{id}?fields=id&markdown=true&filter=nothing");
        Assert.Equal("application/json; charset=utf-8", single.ContentType);
        Assert.True(JsonNode.DeepEquals(listed, single.Json));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("2", 2)]
    [InlineData("1e1", 10)]
    [InlineData("-1", 40)]
    [InlineData("1000", 40)]
    public async Task A_limit_takes_the_first_and_a_negative_one_all(string limit, int count)
    {
        await using var xo = await SimulatedXo.StartAsync();

        Assert.Equal(count, (await xo.GetAsync($"/vms?limit={limit}")).Json.AsArray().Count);
    }

    [Theory]
    [InlineData("/vms?limit=abc", "limit", "invalid float number", "\"abc\"")]
    [InlineData("/vms?limit=", "limit", "invalid float number", "\"\"")]
    [InlineData("/vms?ndjson=yes", "ndjson", "invalid boolean value", "\"yes\"")]
    [InlineData("/vms?markdown=1", "markdown", "invalid boolean value", "\"1\"")]
    [InlineData("/vms?fields=id&fields=tags", "fields", "invalid string value", "[\"id\",\"tags\"]")]
    public async Task A_parameter_that_is_none_is_named(string path, string field, string message, string value)
    {
        await using var xo = await SimulatedXo.StartAsync();

        var refused = await xo.GetAsync(path);
        Assert.Equal(422, refused.Status);
        var expected = new JsonObject
        {
            ["error"] = new JsonObject { [field] = new JsonObject { ["message"] = message, ["value"] = JsonNode.Parse(value) } },
            ["data"] = new JsonObject(),
        };
        Assert.Equal(expected.ToJsonString(), refused.Json.ToJsonString());
    }

    [Fact]
    public async Task Two_forms_at_once_are_refused()
    {
        await using var xo = await SimulatedXo.StartAsync();

        var refused = await xo.GetAsync("/vms?ndjson=true&markdown=true");
        Assert.Equal((422, "Cannot use both ndjson and markdown output formats simultaneously"), (refused.Status, refused.Error));
    }

    [Fact]
    public async Task Lines_are_json_one_object_each_and_nothing_is_nothing()
    {
        await using var xo = await SimulatedXo.StartAsync();

        var lines = await xo.GetAsync("/vms?ndjson=true&fields=id,name_label");
        Assert.Equal("application/x-ndjson", lines.ContentType);
        Assert.EndsWith("}\n", lines.Text, StringComparison.Ordinal);
        Assert.Equal(40, lines.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!["id"]).Count());
        Assert.Equal("", (await xo.GetAsync("/vms?ndjson=true&filter=nothing:at-all")).Text);
    }

    [Fact]
    public async Task A_table_has_the_columns_of_its_first_row_and_its_cells_are_escaped()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var ids = (await xo.GetAsync("/vms?fields=id&limit=2&filter=power_state:Halted")).Json.AsArray().Select(vm => vm!["id"]!.ToString()).ToArray();
        await xo.SendAsync("PUT", $"/vms/{ids[0]}/tags/a%7Cb%0Ac");

        var table = await xo.GetAsync($"/vms?markdown=true&fields=power_state,tags,nothing&filter=tags:%22a%7Cb%22");
        Assert.Equal("text/markdown; charset=utf-8", table.ContentType);
        var lines = table.Text.Split('\n');
        Assert.Equal("| power_state | tags |", lines[0]);
        Assert.Equal("| --- | --- |", lines[1]);
        Assert.Contains("a\\|b\\nc", lines[2], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
        Assert.Equal("|  |\n|  |\n|  |", (await xo.GetAsync("/vms?markdown=true&fields=nothing&limit=1")).Text);
        Assert.Equal("No results.", (await xo.GetAsync("/vms?markdown=true&filter=nothing:at-all")).Text);
    }

    [Fact]
    public async Task A_changed_object_moves_to_the_end_of_its_list()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var before = await IdsAsync(xo);

        await xo.SendAsync("PUT", $"/vms/{before[0]}/tags/moved");
        var after = await IdsAsync(xo);
        Assert.Equal([.. before[1..], before[0]], after);
    }

    [Fact]
    public async Task A_write_shows_after_the_lag_and_not_before()
    {
        var time = new ManualTime();
        await using var xo = await SimulatedXo.StartAsync(SimulatedXo.Small with { CacheLag = TimeSpan.FromMilliseconds(200) }, time);
        var before = await IdsAsync(xo);
        var path = $"/vms/{before[0]}";

        await xo.SendAsync("PUT", $"{path}/tags/freshly-made");
        time.Advance(TimeSpan.FromMilliseconds(199));
        Assert.DoesNotContain("freshly-made", (await xo.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Equal(before, await IdsAsync(xo));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Contains("freshly-made", (await xo.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Equal(before[0], (await IdsAsync(xo))[^1]);
    }

    [Fact]
    public async Task Disks_of_a_machine_are_addressed_in_their_own_collection()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var vm = await xo.IdAsync("vms", "power_state:Running");

        var disks = (await xo.GetAsync($"/vms/{vm}/vdis?fields=id,$VBDs")).Json.AsArray();
        Assert.NotEmpty(disks);
        Assert.All(disks, disk => Assert.Equal($"/rest/v0/vdis/{disk!["id"]}", disk["href"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Messages_and_alarms_of_an_object_are_only_its_own()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var alarm = (await xo.GetAsync("/alarms?fields=*&filter=object:type:/^VM$/&limit=1")).Json[0]!;
        var vm = alarm["object"]!["uuid"]!.GetValue<string>();

        var alarms = (await xo.GetAsync($"/vms/{vm}/alarms?fields=id,object")).Json.AsArray();
        Assert.Contains(alarms, own => own!["id"]!.ToString() == alarm["id"]!.ToString());
        Assert.All(alarms, own => Assert.Equal(vm, own!["object"]!["uuid"]!.GetValue<string>()));
        Assert.All((await xo.GetAsync($"/vms/{vm}/messages?fields=*")).Json.AsArray(), own => Assert.Equal(vm, own!["$object"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_the_simulator_keeps_for_itself_never_leaves()
    {
        await using var xo = await SimulatedXo.StartAsync();

        Assert.DoesNotContain("_password", (await xo.GetAsync("/users?fields=*")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("alice-pass", (await xo.GetAsync("/users?fields=_password")).Text, StringComparison.Ordinal);
        Assert.Contains("_xapiRef", (await xo.GetAsync("/pools?fields=*")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_are_compressed_when_the_client_takes_it_and_not_else()
    {
        await using var xo = await SimulatedXo.StartAsync();

        var plain = await xo.GetAsync("/docs/swagger.json");
        Assert.Empty(plain.Response.Content.Headers.ContentEncoding);
        Assert.StartsWith("{\n  \"", plain.Text, StringComparison.Ordinal);
        var small = await xo.SendAsync("GET", "/docs/swagger.json", null, headers => headers.Add("Accept-Encoding", "gzip"));
        Assert.Equal(["gzip"], small.Response.Content.Headers.ContentEncoding);
        Assert.True(small.Text.Length < plain.Text.Length / 5);
    }

    private static async Task<string[]> IdsAsync(SimulatedXo xo) =>
        [.. (await xo.GetAsync("/vms?fields=id")).Json.AsArray().Select(vm => vm!["id"]!.GetValue<string>())];
}
