using System.Text.Json;
using Hypergate.Model;
using Hypergate.Tests.Host;
using Hypergate.Tools.Code;

namespace Hypergate.Tests.Tools.Code;

/// <summary>Whoever comes back to a run that is not there any more learns what it changed: exactly that, and of their own runs alone.</summary>
public sealed class GoneRunTests : IAsyncLifetime
{
    private const string Tags = "const vms = await api.GetVms({ limit: 2 }); for (const vm of vms) await api.PutVmTag({ id: vm.id, tag: 'seen' }); return vms.length";

    private GatewayUnderTest? _started;

    private GatewayUnderTest Gateway => _started!;

    public async ValueTask InitializeAsync() => _started = await GatewayUnderTest.StartAsync(CodeGateway.Wish);

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();

    [Fact]
    public async Task A_run_that_has_ended_tells_its_changes_to_its_own_caller_only()
    {
        var paused = await Gateway.RunAsync(Tags);
        var done = await Gateway.ResumeAsync(paused, paused.GetProperty("confirm_all_token").GetString());

        var gone = await Gateway.ResumeAsync(paused);
        var stranger = await Gateway.CallAsAsync(new("stranger", ["admin"]), "execute_code", $$"""{"resume":"{{paused.GetProperty("run").GetString()}}"}""");

        Assert.Equal(("run_gone", 2, 0), (gone.ErrorCode, gone.Count("completed_writes"), gone.Count("uncertain_writes")));
        Assert.Equal(
            done.GetProperty("completed_writes").EnumerateArray().Select(static write => (write.GetProperty("tool").GetString(), write.GetProperty("args").GetRawText(), write.GetProperty("undo").GetString())),
            gone.GetProperty("completed_writes").EnumerateArray().Select(static write => (write.GetProperty("tool").GetString(), write.GetProperty("args").GetRawText(), write.GetProperty("undo").GetString())));
        Assert.DoesNotContain("completed_writes", stranger!.Text, StringComparison.Ordinal);
        Assert.Contains("run_gone", stranger.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_comes_back_to_a_run_that_is_gone_starts_nothing_anew()
    {
        var answer = await Gateway.RunAsync(Tags, conversation: new(static _ => { }, static (question, _) => Task.FromResult(new Answer(true, question.Seal, "elicitation"))) { Brought = "code.r_0123456789abcdef.c_00" });

        Assert.Equal("run_gone", answer.ErrorCode);
        Assert.Empty(Gateway.Changes);
    }

    [Theory]
    [InlineData("""{"outcome":"done","status":204}""", true, false)]
    [InlineData("""{"outcome":"running","status":202}""", true, false)]
    [InlineData("""{"outcome":"unknown","status":202}""", true, false)]
    [InlineData("""{"outcome":"failed","status":404}""", false, false)]
    [InlineData("""{"outcome":"failed"}""", false, true)]
    [InlineData("""{"outcome":"cancelled"}""", false, true)]
    [InlineData("""{"outcome":"internal error"}""", false, true)]
    [InlineData("""{"outcome":"refused"}""", false, false)]
    [InlineData(null, false, true)]
    public async Task What_was_sent_is_done_not_done_or_uncertain_as_its_last_record_says(string? end, bool isDone, bool isUncertain)
    {
        var write = Assert.Single(await RecordedWrite.ReadAsync(Records(["""{"phase":"begin"}""", .. end is null ? Array.Empty<string>() : [end[..^1] + ""","phase":"end"}"""]]), "anna"));

        Assert.Equal((isDone, isUncertain), (write.IsDone, write.IsUncertain));
    }

    [Fact]
    public async Task Questions_reads_and_what_others_did_are_no_changes()
    {
        Assert.Empty(await RecordedWrite.ReadAsync(Records("""{"phase":"end","outcome":"unconfirmed"}""", """{"phase":"call","outcome":"done"}"""), "anna"));
        Assert.Empty(await RecordedWrite.ReadAsync(Records("""{"phase":"begin"}"""), "berta"));
    }

    [Fact]
    public async Task A_call_that_was_asked_for_before_it_was_sent_is_one_change() =>
        Assert.True(Assert.Single(await RecordedWrite.ReadAsync(Records("""{"phase":"end","outcome":"asked"}""", """{"phase":"begin"}""", """{"phase":"end","outcome":"done","status":204}"""), "anna")).IsDone);

    private static async IAsyncEnumerable<JsonElement> Records(params IEnumerable<string> records)
    {
        foreach (var record in records)
        {
            await Task.CompletedTask;
            yield return JsonElement.Parse($$"""{"call":"1","caller":"anna","backend":"xo","operation":"PutVmTag","arguments":{},{{record[1..]}}""");
        }
    }
}
