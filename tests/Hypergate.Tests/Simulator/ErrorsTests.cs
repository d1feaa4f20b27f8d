namespace Hypergate.Tests.Simulator;

public class ErrorsTests
{
    [Theory]
    [InlineData("GET", "/nope", "/nope")]
    [InlineData("PUT", "/vms", "/vms")]
    [InlineData("GET", "/vms/a/b/c?x=1", "/vms/a/b/c")]
    [InlineData("GET", "/vms/..%2fpools", null)]
    public async Task An_unknown_route_is_a_page_and_not_json(string method, string path, string? named)
    {
        await using var xo = await SimulatedXo.StartAsync();

        var lost = await xo.SendAsync(method, path);
        Assert.Equal(404, lost.Status);
        if (named is not null)
        {
            Assert.Equal("text/html; charset=utf-8", lost.ContentType);
            Assert.Contains($"<pre>Cannot {method} /rest/v0{named}</pre>", lost.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_id_of_another_kind_is_as_unknown_as_none()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var vm = await xo.IdAsync("vms");

        var lost = await xo.GetAsync($"/hosts/{vm}");
        Assert.Equal((404, $"no such host {vm}"), (lost.Status, lost.Error));
        Assert.Equal("host", lost.Json["data"]!["type"]!.GetValue<string>());
        Assert.Equal(404, (await xo.GetAsync($"/hosts/{vm}/alarms")).Status);
        Assert.Equal(404, (await xo.SendAsync("PUT", $"/hosts/{vm}/tags/x")).Status);
    }

    [Theory]
    [InlineData("{\"name\":", "Unexpected end of JSON input")]
    [InlineData("{\"name\":x}", "Unexpected token 'x', \"{\"name\":x}\" is not valid JSON")]
    [InlineData("\"text\"", "Unexpected token '\"', \"\"text\"\" is not valid JSON")]
    public async Task A_body_that_is_no_json_is_an_error_without_a_class(string body, string error)
    {
        await using var xo = await SimulatedXo.StartAsync();

        var refused = await xo.SendAsync("POST", "/groups", body);
        Assert.Equal((500, error), (refused.Status, refused.Error));
    }

    [Theory]
    [InlineData("POST", "/groups", """{"name":"x","colour":"red"}""",
        """{"body":{"message":"\"colour\" is an excess property and therefore is not allowed","value":{"colour":"red"}}}""")]
    [InlineData("POST", "/groups", "{}", """{"body.name":{"message":"'name' is required"}}""")]
    [InlineData("POST", "/groups", """{"name":5}""", """{"body.name":{"message":"invalid string value","value":5}}""")]
    [InlineData("POST", "/groups", "[]", """{"body":{"message":"invalid object","value":[]}}""")]
    [InlineData("POST", "/users", """{"name":"x","password":"y","permission":"god"}""",
        """{"body.permission":{"message":"Value does not match any allowed schema","value":"god"}}""")]
    [InlineData("POST", "/servers", """{"host":"h","username":"u","password":"p","colour":1}""",
        """{"body.colour":{"message":"\"colour\" is an excess property and therefore is not allowed","value":"colour"}}""")]
    [InlineData("POST", "/vdis", """{"name_label":"x","virtual_size":1}""", """
        {"body":{"message":"Could not match the intersection against every type. Issues: [{\"body.srId\":{\"message\":\"'srId' is required\"}}]","value":{"name_label":"x","virtual_size":1}}}
        """)]
    public async Task A_body_of_the_wrong_form_is_told_field_by_field(string method, string path, string body, string error)
    {
        await using var xo = await SimulatedXo.StartAsync();

        var refused = await xo.SendAsync(method, path, body);
        Assert.Equal(422, refused.Status);
        Assert.Equal(
            System.Text.Json.Nodes.JsonNode.Parse(error)!.ToJsonString(), refused.Json["error"]!.ToJsonString());
    }

    [Fact]
    public async Task A_property_that_no_part_of_an_intersection_knows_is_refused()
    {
        await using var xo = await SimulatedXo.StartAsync();

        var refused = await xo.SendAsync("POST", "/vdis", """{"srId":"x","name_label":"x","virtual_size":1,"colour":"red"}""");
        Assert.Equal(422, refused.Status);
        Assert.StartsWith(
            "Could not match intersection against any of the possible combinations: [[\"",
            refused.Json["error"]!["body"]!["message"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"txChecksumming":"false"}""", 204)]
    [InlineData("""{"txChecksumming":"perhaps"}""", 422)]
    [InlineData("""{"allowedIpv4Addresses":"192.0.2.1","rateLimit":"5"}""", 204)]
    public async Task A_value_that_can_be_read_as_what_is_wanted_is_taken(string body, int status)
    {
        await using var xo = await SimulatedXo.StartAsync();

        var answer = await xo.SendAsync("PATCH", $"/vifs/{await xo.IdAsync("vifs")}", body);
        Assert.True(answer.Status == status, answer.Text);
    }

    [Fact]
    public async Task A_watch_needs_lines()
    {
        await using var xo = await SimulatedXo.StartAsync();

        var refused = await xo.GetAsync("/tasks?watch=true");
        Assert.Equal((400, "watch=true requires ndjson=true"), (refused.Status, refused.Error));
    }

    [Fact]
    public async Task Two_old_paths_lead_nowhere_and_two_lead_on()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var log = await xo.IdAsync("backup-logs");

        var dead = await xo.GetAsync("/backup/jobs/metadata");
        Assert.Equal((308, "/rest/v0/backup/jobs/vm/metadata"), (dead.Status, dead.Location));
        Assert.Equal(404, (await xo.GetAsync("/backup/jobs/vm/metadata")).Status);
        var moved = await xo.GetAsync($"/backup/logs/{log}");
        Assert.Equal((308, $"/rest/v0/backup-logs/{log}"), (moved.Status, moved.Location));
        Assert.All((await xo.GetAsync("/backup/logs")).Json.AsArray(), address =>
            Assert.StartsWith("/rest/v0/backup-logs/", address!.GetValue<string>(), StringComparison.Ordinal));
    }
}
