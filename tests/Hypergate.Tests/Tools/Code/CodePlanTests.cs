using Hypergate.Model;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Code;

/// <summary>A preview of a script, and the consent to all that it found.</summary>
public sealed class CodePlanTests : IAsyncLifetime
{
    private const string Tags = "const vms = await api.GetVms({ limit: 3 }); for (const vm of vms) await api.PutVmTag({ id: vm.id, tag: args.tag ?? 'seen' }); return vms.length";

    private GatewayUnderTest? _started;

    private GatewayUnderTest Gateway => _started!;

    public async ValueTask InitializeAsync() => _started = await GatewayUnderTest.StartAsync(CodeGateway.Wish);

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();

    [Trait("case", "preview_sends_no_write")]
    [Fact]
    public async Task A_preview_plans_the_changes_and_sends_none()
    {
        var preview = await Gateway.RunAsync(Tags, ",\"preview\":true");

        Assert.Equal(3, preview.Count("planned"));
        Assert.Empty(Gateway.Changes);
        var first = preview.GetProperty("planned")[0];
        Assert.Equal(("xo.PutVmTag", "write", true), (first.GetProperty("tool").GetString(), first.GetProperty("access").GetString(), first.GetProperty("needs_consent").GetBoolean()));
    }

    [Fact]
    public async Task A_plan_covers_its_changes_once_and_only_for_the_same_script_and_arguments()
    {
        var token = (await Gateway.RunAsync(Tags, ",\"preview\":true")).GetProperty("plan_token").GetString();

        var otherArguments = await Gateway.RunAsync(Tags, $",\"args\":{{\"tag\":\"evil\"}},\"confirm_token\":\"{token}\"");
        Assert.Equal("refused", otherArguments.ErrorCode);
        Assert.Empty(Gateway.Changes);

        token = (await Gateway.RunAsync(Tags, ",\"preview\":true")).GetProperty("plan_token").GetString();
        var done = await Gateway.RunAsync(Tags, $",\"confirm_token\":\"{token}\"");
        Assert.Equal(("3", 3), (done.Result, done.Count("completed_writes")));
        Assert.Equal("refused", (await Gateway.RunAsync(Tags, $",\"confirm_token\":\"{token}\"")).ErrorCode);
        Assert.Equal(3, Gateway.Changes.Count());
    }

    [Trait("case", "consent_changed_arguments")]
    [Fact]
    public async Task The_first_change_that_is_not_in_the_plan_pauses_the_run()
    {
        const string Code = "const t = (await api.GetVms({ limit: 1 }))[0]; const n = Number(await count()); await api.PutVmTag({ id: t.id, tag: 'tag' + n }); return n; async function count() { return (await api.GetVmSnapshots({})).length }";
        var token = (await Gateway.RunAsync(Code, ",\"preview\":true")).GetProperty("plan_token").GetString();
        var snapshot = await Gateway.RunAsync("const vm = (await api.GetVms({ limit: 1 }))[0]; return await api.SnapshotVm({ id: vm.id })");
        await Gateway.ResumeAsync(snapshot);
        var before = Gateway.Changes.Count();

        var answer = await Gateway.RunAsync(Code, $",\"confirm_token\":\"{token}\"");

        Assert.Equal("paused", answer.GetProperty("status").GetString());
        Assert.Equal(before, Gateway.Changes.Count());
    }

    [Fact]
    public async Task A_plan_is_put_to_a_person_who_can_be_asked_as_one_question()
    {
        var token = (await Gateway.RunAsync(Tags, ",\"preview\":true", Asking(static _ => true))).GetProperty("plan_token").GetString();
        var asked = new List<Question>();

        var done = await Gateway.RunAsync(Tags, $",\"confirm_token\":\"{token}\"", Asking(question =>
        {
            asked.Add(question);
            return true;
        }));

        Assert.Equal("3", done.Result);
        Assert.Contains("xo.PutVmTag", Assert.Single(asked).Text, StringComparison.Ordinal);
        Assert.Equal(3, Gateway.Changes.Count());
    }

    private static Conversation Asking(Func<Question, bool> answer) => new(static _ => { }, (question, _) => Task.FromResult(new Answer(answer(question), question.Seal, "elicitation")));
}
