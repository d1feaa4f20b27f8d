using Hypergate.Model;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Code;

/// <summary>Consent inside a run: to one exact call of one run of one caller, once; whatever else comes sends nothing.</summary>
public sealed class CodeConsentTests : IAsyncLifetime
{
    private const string Start = "const vm = (await api.GetVms({ filter: 'power_state:Halted', limit: 1 }))[0]; const r = await api.StartVm({ id: vm.id }); return r.state";
    private const string Tags = "const vms = await api.GetVms({ limit: 3 }); for (const vm of vms) await api.PutVmTag({ id: vm.id, tag: args.tag ?? 'seen' }); return vms.length";

    private GatewayUnderTest? _started;

    private GatewayUnderTest Gateway => _started!;

    public async ValueTask InitializeAsync() => _started = await GatewayUnderTest.StartAsync(CodeGateway.Wish);

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();

    [Fact]
    public async Task A_change_pauses_the_run_and_its_token_lets_it_go_on()
    {
        var paused = await Gateway.RunAsync(Start);

        Assert.Equal("paused", paused.GetProperty("status").GetString());
        Assert.Equal("xo.StartVm", paused.GetProperty("asks").GetProperty("operation").GetString());
        Assert.Contains("**Object:** VM '", paused.GetProperty("asks").GetProperty("preview").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("confirm_token: ", paused.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(Gateway.Changes);

        var done = await Gateway.ResumeAsync(paused);

        Assert.Equal("\"succeeded\"", done.Result);
        Assert.Equal("xo.StartVm", Assert.Single(done.GetProperty("completed_writes").EnumerateArray()).GetProperty("tool").GetString());
        Assert.Single(Gateway.Changes);
    }

    [Fact]
    public async Task Changes_made_at_once_are_asked_for_one_after_the_other()
    {
        var answer = await Gateway.RunAsync("const vms = await api.GetVms({ limit: 3 }); await Promise.all(vms.map(vm => api.PutVmTag({ id: vm.id, tag: 'all' }))); return vms.length");
        for (var change = 0; change < 3; change++)
        {
            Assert.Equal("paused", answer.GetProperty("status").GetString());
            Assert.InRange(Gateway.Changes.Count(), 0, change);
            answer = await Gateway.ResumeAsync(answer);
        }

        Assert.Equal(("3", 3), (answer.Result, answer.Count("completed_writes")));
    }

    [Trait("case", "consent_token_of_other_run")]
    [Trait("case", "consent_token_replayed")]
    [Fact]
    public async Task A_wrong_token_sends_nothing_and_the_right_one_works_once()
    {
        var paused = await Gateway.RunAsync(Start);
        var other = await Gateway.RunAsync(Start);

        Assert.Equal("refused", (await Gateway.ResumeAsync(paused, "c_00")).ErrorCode);
        Assert.Equal("refused", (await Gateway.ResumeAsync(paused, other.GetProperty("confirm_token").GetString())).ErrorCode);
        Assert.Empty(Gateway.Changes);
        Assert.Null((await Gateway.ResumeAsync(paused)).ErrorCode);
        Assert.Equal("run_gone", (await Gateway.ResumeAsync(paused)).ErrorCode);
        Assert.Single(Gateway.Changes);
    }

    [Trait("case", "consent_of_other_caller")]
    [Fact]
    public async Task Another_caller_finds_no_such_run()
    {
        var paused = await Gateway.RunAsync(Start);

        var result = await Gateway.CallAsAsync(new("stranger", ["admin"]), "execute_code", $$"""{"resume":"{{paused.GetProperty("run").GetString()}}","confirm_token":"{{paused.GetProperty("confirm_token").GetString()}}"}""");

        Assert.Contains("run_gone", result!.Text, StringComparison.Ordinal);
        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task A_person_who_can_be_asked_is_asked_at_every_change()
    {
        var asked = new List<Question>();
        var answer = await Gateway.RunAsync(Tags, conversation: Asking(question =>
        {
            asked.Add(question);
            return true;
        }));

        Assert.Equal("3", answer.Result);
        Assert.Equal(3, asked.Count);
        Assert.Equal(3, answer.Count("completed_writes"));
    }

    [Trait("case", "decline_then_retry_in_loop")]
    [Fact]
    public async Task A_no_is_an_error_that_the_script_may_catch_and_nothing_is_sent_in_a_loop_either()
    {
        var answer = await Gateway.RunAsync(
            "const vm = (await api.GetVms({ limit: 1 }))[0]; const codes = []; for (let i = 0; i < 3; i++) try { await api.PutVmTag({ id: vm.id, tag: 'x' }) } catch (e) { codes.push(e.code, e.sent) } return codes",
            conversation: Asking(static _ => false));

        Assert.Equal("""["consent_declined",false,"consent_declined",false,"consent_declined",false]""", answer.Result);
        Assert.Empty(Gateway.Changes);
    }

    [Trait("case", "resume_with_other_code")]
    [Fact]
    public async Task A_client_that_ends_the_request_to_ask_comes_back_with_the_same_call_and_its_seal()
    {
        var arguments = CodeGateway.Code(Start);
        var question = (await Assert.ThrowsAsync<AnswerAwaitedException>(() => Gateway.CallAsync("execute_code", arguments, Ending))).Question;
        Assert.Empty(Gateway.Changes);

        var other = await Gateway.CallAsync("execute_code", CodeGateway.Code("return 2"), Answering(question));
        Assert.Equal("refused", other.Structured!.Value.ErrorCode);
        Assert.Empty(Gateway.Changes);

        var done = await Gateway.CallAsync("execute_code", arguments, Answering(question));
        Assert.Equal("\"succeeded\"", done.Structured!.Value.Result);
        Assert.Single(Gateway.Changes);
    }

    [Fact]
    public async Task An_answer_with_a_forged_seal_is_a_no()
    {
        var answer = await Gateway.RunAsync(Start, conversation: new(static _ => { }, static (question, _) => Task.FromResult(new Answer(true, question.Seal + "0", "elicitation"))));

        Assert.Equal("consent_declined", answer.ErrorCode);
        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task What_changed_while_the_run_waited_is_not_done()
    {
        var paused = await Gateway.RunAsync(Start);
        var vm = paused.GetProperty("asks").GetProperty("args").GetProperty("id").GetString()!;
        await Gateway.ResumeAsync(await Gateway.RunAsync($"return (await api.StartVm({{ id: '{vm}' }})).state"));

        var answer = await Gateway.ResumeAsync(paused);

        Assert.Equal("refused", answer.ErrorCode);
        Assert.Contains("has changed since the preview", answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Single(Gateway.Changes);
    }

    [Fact]
    public async Task The_fifth_waiting_run_of_a_caller_ends_the_first()
    {
        var first = await Gateway.RunAsync(Start);
        for (var further = 0; further < 4; further++)
        {
            Assert.Equal("paused", (await Gateway.RunAsync(Start)).GetProperty("status").GetString());
        }

        Assert.Equal("run_gone", (await Gateway.ResumeAsync(first)).ErrorCode);
        Assert.Empty(Gateway.Changes);
    }

    [Trait("case", "dangerous_without_consent")]
    [Fact]
    public async Task Dangerous_calls_take_no_token_where_the_settings_say_so()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Policy = new() { Confirmation = new() { DangerousByToken = false } } });

        var answer = await gateway.RunAsync("const vm = (await api.GetVms({ limit: 1 }))[0]; await api.DeleteVm({ id: vm.id })");

        Assert.Equal("refused", answer.ErrorCode);
        Assert.Equal("confirmation", answer.GetProperty("error").GetProperty("refused_by").GetString());
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task One_answer_may_be_for_all_calls_of_its_operation_in_the_run_and_for_no_others()
    {
        var asked = new List<Question>();
        var answer = await Gateway.RunAsync(
            "const vms = await api.GetVms({ limit: 3 }); await Promise.all(vms.map(vm => api.PutVmTag({ id: vm.id, tag: 'all' }))); await api.DeleteVmTag({ id: vms[0].id, tag: 'all' }); return vms.length",
            conversation: new(static _ => { }, (question, _) =>
            {
                asked.Add(question);
                return Task.FromResult(new Answer(true, question.Seal, "elicitation") { ForAll = true });
            }));

        Assert.Equal("3", answer.Result);
        Assert.Equal(["And all further calls of xo.PutVmTag in this run, 20 at most", "And all further calls of xo.DeleteVmTag in this run, 20 at most"], asked.Select(static question => question.ForAll));
        Assert.Equal(4, Gateway.Changes.Count());
    }

    [Fact]
    public async Task An_answer_for_all_calls_ends_with_the_twentieth_and_with_its_run()
    {
        const string Many = "const vm = (await api.GetVms({ limit: 1 }))[0]; for (let i = 0; i < 22; i++) await api.PutVmTag({ id: vm.id, tag: 't' + i }); return 22";
        var paused = await Gateway.RunAsync(Many);
        var again = await Gateway.ResumeAsync(paused, paused.GetProperty("confirm_all_token").GetString());

        Assert.Equal(("paused", 20), (again.GetProperty("status").GetString(), again.Count("completed_writes")));
        Assert.Equal(20, Gateway.Changes.Count());
        Assert.Equal("t20", again.GetProperty("asks").GetProperty("args").GetProperty("tag").GetString());
        Assert.Equal("refused", (await Gateway.ResumeAsync(again, paused.GetProperty("confirm_all_token").GetString())).ErrorCode);
        Assert.Equal("22", (await Gateway.ResumeAsync(again, again.GetProperty("confirm_all_token").GetString())).Result);
        Assert.Equal("paused", (await Gateway.RunAsync(Many)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task For_dangerous_calls_every_object_is_asked_about()
    {
        const string Delete = "const vms = await api.GetVms({ filter: 'power_state:Halted', limit: 2 }); for (const vm of vms) await api.DeleteVm({ id: vm.id }); return vms.length";
        var paused = await Gateway.RunAsync(Delete);
        var asked = new List<Question>();
        var answer = await Gateway.RunAsync(Delete, conversation: new(static _ => { }, (question, _) =>
        {
            asked.Add(question);
            return Task.FromResult(new Answer(true, question.Seal, "elicitation") { ForAll = true });
        }));

        Assert.False(paused.TryGetProperty("confirm_all_token", out _));
        Assert.Equal("2", answer.Result);
        Assert.All(asked, static question => Assert.Null(question.ForAll));
        Assert.Equal(2, asked.Count);
    }

    private static Conversation Ending { get; } = new(static _ => { }, static (question, _) => throw new AnswerAwaitedException(question));

    private static Conversation Answering(Question question) => new(static _ => { }, (_, _) => Task.FromResult(new Answer(true, question.Seal, "elicitation"))) { Brought = question.Seal };

    private static Conversation Asking(Func<Question, bool> answer) => new(static _ => { }, (question, _) => Task.FromResult(new Answer(answer(question), question.Seal, "elicitation")));
}
