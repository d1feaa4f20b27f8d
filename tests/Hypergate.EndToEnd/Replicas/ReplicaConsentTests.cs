using System.Net;
using System.Text.Json.Nodes;
using Hypergate.EndToEnd.Harness;
using Hypergate.EndToEnd.Security;
using Hypergate.Tests.Shared;

namespace Hypergate.EndToEnd.Replicas;

/// <summary>A consent that one replica gave out is good at every one, and once.</summary>
[Trait("Suite", "S9")]
[Trait("Rule", "R-CONFIRM")]
public sealed class ReplicaConsentTests(PostgresServer server)
{
    private const int Attempts = 200;
    private const string Elicitation = """{"elicitation":{}}""";
    private const string Yes = """{"confirm":{"action":"accept","content":{"confirm":true}}}""";

    [Fact]
    public async Task A_token_of_one_replica_is_used_once_under_200_attempts_at_both()
    {
        await using var world = await ReplicaWorld.StartAsync(server);
        var start = $$"""{"operation":"StartVm","id":"{{(await world.HaltedAsync(1))[0]}}" """;
        var preview = await world.One.CallAsync("vms_action", $"{start}}}", world.Anna);
        var confirmed = $$"""{{start}},"confirm_token":"{{Answers.Token(preview.Message.Text)}}"}""";

        var replies = await Task.WhenAll(Enumerable.Range(0, Attempts).Select(number =>
            (number % 2 == 0 ? world.One : world.Two).CallAsync("vms_action", confirmed, world.Anna)));

        Assert.Single(replies, static reply => !reply.Message.IsToolError);
        Assert.Single(world.Xo.Writes);
        Assert.All(replies.Where(static reply => reply.Message.IsToolError), static reply => Assert.Contains("already used", reply.Message.Text, StringComparison.Ordinal));
        Assert.Equal(1, (await world.AuditAsync()).Count(static record => record.GetProperty("phase").ValueEquals("begin")));
    }

    [Fact]
    public async Task A_question_of_one_replica_is_answered_once_under_200_attempts_at_both()
    {
        await using var world = await ReplicaWorld.StartAsync(server);
        var call = $$$"""{"name":"vms_action","arguments":{"operation":"StartVm","id":"{{{(await world.HaltedAsync(1))[0]}}}"}}""";
        var question = await world.One.AskAsync("tools/call", call, "vms_action", Elicitation, ("X-API-Key", world.Anna));
        var parameters = JsonNode.Parse(call)!.AsObject();
        parameters["inputResponses"] = JsonNode.Parse(Yes);
        parameters["requestState"] = question.Message.GetProperty("result").GetProperty("requestState").GetString();

        var replies = await Task.WhenAll(Enumerable.Range(0, Attempts).Select(number =>
            (number % 2 == 0 ? world.Two : world.One).AskAsync("tools/call", parameters.ToJsonString(), "vms_action", Elicitation, ("X-API-Key", world.Anna))));

        Assert.Single(replies, static reply => !reply.Message.IsToolError);
        Assert.Single(world.Xo.Writes);
    }

    [Fact]
    public async Task A_run_that_waits_at_one_replica_is_gone_at_the_other_which_tells_what_it_changed()
    {
        await using var world = await ReplicaWorld.StartAsync(server, more: "surfaces: [domains, code]");
        var halted = (await world.HaltedAsync(1))[0];
        var code = JsonValue.Create($"await api.PutVmTag({{ id: '{halted}', tag: 'seen' }}); await api.StartVm({{ id: '{halted}' }})").ToJsonString();
        var paused = JsonNode.Parse((await world.One.CallAsync("execute_code", $$"""{"code":{{code}}}""", world.Anna)).Message.Text)!;
        var resume = $$"""{"resume":"{{paused["run"]}}","confirm_token":"{{paused["confirm_token"]}}"}""";

        var other = JsonNode.Parse((await world.Two.CallAsync("execute_code", resume, world.Anna)).Message.Text)!;
        var stranger = JsonNode.Parse((await world.Two.CallAsync("execute_code", resume, world.Berta)).Message.Text)!;
        var own = JsonNode.Parse((await world.One.CallAsync("execute_code", resume, world.Anna)).Message.Text)!;

        Assert.Equal(("run_gone", "xo.PutVmTag", null), ((string?)other["error"]!["code"], (string?)Assert.Single(other["completed_writes"]!.AsArray())!["tool"], other["uncertain_writes"]));
        Assert.Equal(("run_gone", null), ((string?)stranger["error"]!["code"], stranger["completed_writes"]));
        Assert.Equal(2, own["completed_writes"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_word_of_a_key_that_was_revoked_counts_at_no_replica()
    {
        await using var world = await ReplicaWorld.StartAsync(server);
        var delete = $$"""{"operation":"DeleteVm","id":"{{(await world.HaltedAsync(1))[0]}}" """;
        var request = Answers.Token((await world.One.CallAsync("vms_action", $"{delete}}}", world.Anna)).Message.Text);
        var asked = $$"""{{delete}},"confirm_token":"{{request}}"}""";
        using var word = new HttpRequestMessage(HttpMethod.Post, $"/api/approvals/{request}/approve");
        word.Headers.Add("X-API-Key", world.Berta);
        using var said = await world.Two.Http.SendAsync(word, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, said.StatusCode);

        await world.DoneAsync("keys", "revoke", "berta");
        var waiting = await world.One.CallAsync("vms_action", asked, world.Anna);
        var shown = (await world.DoneAsync("approvals", "show", request)).Output;

        Assert.Contains("The word of key:berta counts no longer", waiting.Message.Text, StringComparison.Ordinal);
        Assert.Matches("(?s)0 of 1.*key:berta approved at .*\n  counts no longer: the API key [0-9A-Za-z]+ was revoked", shown);
        Assert.Empty(world.Xo.Writes);
        Assert.Single(await world.AuditAsync(), static record => record.GetProperty("operation").ValueEquals("approval.lapsed"));

        await world.DoneAsync("approvals", "approve", request);
        Assert.False((await world.Two.CallAsync("vms_action", asked, world.Anna)).Message.IsToolError);
        Assert.Single(world.Xo.Writes);
    }

    [Fact]
    public async Task A_freeze_and_a_limit_of_calls_hold_at_every_replica()
    {
        await using var world = await ReplicaWorld.StartAsync(server);
        var tag = $$"""{"operation":"PutVmTag","id":"{{(await world.HaltedAsync(1))[0]}}","tag":"one"}""";
        await world.DoneAsync("freeze", "on", "--reason", "storage fire");
        foreach (var program in new[] { world.One, world.Two })
        {
            Assert.Contains("storage fire", (await program.CallAsync("vms_action", tag, world.Anna)).Message.Text, StringComparison.Ordinal);
        }

        Assert.Empty(world.Xo.Writes);
        await world.DoneAsync("freeze", "off");
        Assert.False((await world.Two.CallAsync("vms_action", tag, world.Anna)).Message.IsToolError);

        var looks = await Task.WhenAll(Enumerable.Range(0, 30).Select(number =>
            (number % 2 == 0 ? world.One : world.Two).CallAsync("vms_query", """{"operation":"GetVms","limit":1}""", world.Slow)));
        Assert.InRange(looks.Count(static look => !look.Message.IsToolError), 10, 11);
    }
}
