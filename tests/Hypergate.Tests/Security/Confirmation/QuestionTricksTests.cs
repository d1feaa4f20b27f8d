using Hypergate.Model;

namespace Hypergate.Tests.Security.Confirmation;

/// <summary>Tricks against the question to a person, whose state travels through the client: forged, changed, replayed, late.</summary>
[Trait("Suite", "S9")]
[Trait("Rule", "R-CONFIRM")]
[Trait("Aisvs", "10.2.5")]
[Trait("Mcp", "MCP06")]
public sealed class QuestionTricksTests(ConfirmingGateway fixture) : IClassFixture<ConfirmingGateway>
{
    private const string Way = "elicitation";

    /// <summary>Each part of the state by its place: version, expiry, nonce, binding, fingerprint, seal.</summary>
    public static TheoryData<int> Parts => [0, 1, 2, 3, 4, 5];

    [Fact]
    public async Task A_yes_runs_the_call_once()
    {
        var (vm, arguments) = Next();
        var (_, asked) = await fixture.AskAsync(ChangingCall.Tool, arguments);
        Assert.Empty(fixture.Writes(vm));

        var (result, _) = await AnswerAsync(arguments, asked!.Seal);

        Assert.False(result!.IsError, result.Text);
        Assert.Single(fixture.Writes(vm));
    }

    [Fact]
    public async Task A_yes_works_once()
    {
        var (vm, arguments) = Next();
        var (_, asked) = await fixture.AskAsync(ChangingCall.Tool, arguments);
        await AnswerAsync(arguments, asked!.Seal);

        await AssertRefusedAsync(vm, arguments, asked.Seal, "used already", writes: 1);
    }

    [Fact]
    public async Task A_no_runs_nothing_and_cannot_become_a_yes()
    {
        var (vm, arguments) = Next();
        var (_, asked) = await fixture.AskAsync(ChangingCall.Tool, arguments);

        var (declined, _) = await fixture.AskAsync(ChangingCall.Tool, arguments, _ => new Answer(false, asked!.Seal, Way));

        Assert.Contains("did not agree", declined!.Text, StringComparison.Ordinal);
        await AssertRefusedAsync(vm, arguments, asked!.Seal, "used already");
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task A_state_with_any_part_changed_is_refused(int part)
    {
        var (vm, arguments) = Next();
        var (_, asked) = await fixture.AskAsync(ChangingCall.Tool, arguments);
        var parts = asked!.Seal.Split('.');
        Assert.Equal(Parts.Count, parts.Length);
        parts[part] = parts[part][..^1] + (parts[part][^1] == '0' ? '1' : '0');

        await AssertRefusedAsync(vm, arguments, string.Join('.', parts), "does not carry the state");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("v1")]
    [InlineData("v1.....")]
    [InlineData("v1.9999999999999.00.00.00.00")]
    [InlineData("v1.99999999999999999999999999.\u00e9.\ud83d\ude00.x.y")]
    public async Task A_state_that_was_never_given_out_is_refused(string? state)
    {
        var (vm, arguments) = Next();
        await AssertRefusedAsync(vm, arguments, state, "does not carry the state");
    }

    [Fact]
    public async Task A_state_is_no_good_for_other_arguments()
    {
        var (vm, arguments) = Next();
        var (other, otherArguments) = Next();
        var (_, asked) = await fixture.AskAsync(ChangingCall.Tool, arguments);

        await AssertRefusedAsync(other, otherArguments, asked!.Seal, "given for another call");
        Assert.Empty(fixture.Writes(vm));
    }

    [Fact]
    public async Task A_state_is_no_good_for_another_operation()
    {
        var (vm, arguments) = Next();
        var (_, asked) = await fixture.AskAsync(ChangingCall.Tool, arguments);

        await AssertRefusedAsync(vm, $$"""{"operation":"DeleteVm","id":"{{vm}}"}""", asked!.Seal, "given for another call");
    }

    [Fact]
    public async Task A_state_is_no_good_for_another_caller()
    {
        var (vm, arguments) = Next();
        var (_, asked) = await fixture.AskAsync(ChangingCall.Tool, arguments);

        var (result, _) = await fixture.AskAsync(ChangingCall.Tool, arguments, _ => new Answer(true, asked!.Seal, Way), new Caller("mallory", ["admin"]));

        Assert.True(result!.IsError, result.Text);
        Assert.Empty(fixture.Writes(vm));
    }

    [Fact]
    public async Task A_state_ends_after_five_minutes()
    {
        var (vm, arguments) = Next();
        var (_, asked) = await fixture.AskAsync(ChangingCall.Tool, arguments);
        fixture.Time.Advance(TimeSpan.FromMinutes(5));

        await AssertRefusedAsync(vm, arguments, asked!.Seal, "more than five minutes ago");
    }

    [Fact]
    public async Task An_answer_about_an_object_that_has_changed_is_refused()
    {
        var (vm, arguments) = Next();
        var (_, asked) = await fixture.AskAsync(ChangingCall.Tool, arguments);
        fixture.Change(vm, "name_label", "renamed meanwhile");

        await AssertRefusedAsync(vm, arguments, asked!.Seal, "has changed since the preview");
    }

    [Fact]
    public async Task An_answer_is_refused_when_more_would_be_lost_than_was_told()
    {
        var vm = fixture.NextVm();
        var arguments = $$"""{"operation":"DeleteVm","id":"{{vm}}"}""";
        var (_, asked) = await fixture.AskAsync(ChangingCall.Tool, arguments);
        await fixture.Gateway.ConfirmedAsync(ChangingCall.Tool, $$"""{"operation":"SnapshotVm","id":"{{vm}}"}""");

        await AssertRefusedAsync(vm, arguments, asked!.Seal, "has changed since the preview", writes: 1);
    }

    [Fact]
    public async Task Two_answers_to_one_question_at_once_run_it_once()
    {
        var (vm, arguments) = Next();
        var (_, asked) = await fixture.AskAsync(ChangingCall.Tool, arguments);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AnswerAsync(arguments, asked!.Seal))));

        Assert.Single(results, static entry => !entry.Result!.IsError);
        Assert.Single(fixture.Writes(vm));
    }

    [Fact]
    public async Task A_client_that_can_ask_is_never_given_a_token()
    {
        var (_, arguments) = Next();
        var (_, asked) = await fixture.AskAsync(ChangingCall.Tool, arguments);

        Assert.DoesNotContain("confirm_token", asked!.Text, StringComparison.Ordinal);
    }

    private (string Vm, string Arguments) Next()
    {
        var vm = fixture.NextVm();
        return (vm, $$"""{"operation":"PutVmTag","id":"{{vm}}","tag":"one"}""");
    }

    private Task<(Hypergate.Tools.ToolResult? Result, Question? Asked)> AnswerAsync(string arguments, string? seal) =>
        fixture.AskAsync(ChangingCall.Tool, arguments, _ => new Answer(true, seal, Way));

    private async Task AssertRefusedAsync(string vm, string arguments, string? seal, string why, int writes = 0)
    {
        var (result, _) = await AnswerAsync(arguments, seal);
        Assert.True(result!.IsError, result.Text);
        Assert.Contains(why, result.Text, StringComparison.Ordinal);
        Assert.Equal(writes, fixture.Writes(vm).Count());
    }
}
