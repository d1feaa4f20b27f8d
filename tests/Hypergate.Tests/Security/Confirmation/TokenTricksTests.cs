using System.Reflection;
using Hypergate.Model;
using Hypergate.Tests.Host;
using Hypergate.Tools;

namespace Hypergate.Tests.Security.Confirmation;

/// <summary>Nine tricks against a confirm_token, on four forms of calls: nothing is written without consent to that very call.</summary>
[Trait("Suite", "S9")]
[Trait("Rule", "R-CONFIRM")]
[Trait("Aisvs", "10.2.5")]
[Trait("Mcp", "MCP06")]
public sealed class TokenTricksTests(ConfirmingGateway fixture) : IClassFixture<ConfirmingGateway>
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public static TheoryData<string> Forms => [.. ChangingCall.Forms];

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(
        36, Forms.Count * typeof(TokenTricksTests).GetMethods().Count(static method => method.GetCustomAttribute<TheoryAttribute>() is not null));

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_preview_sends_nothing_and_its_token_runs_the_call_once(string form)
    {
        var (call, token) = await PreviewAsync(form);
        Assert.Empty(Writes(call));

        AssertDone(await RedeemAsync(call.Arguments, token));

        Assert.Single(Writes(call));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_token_works_once(string form)
    {
        var (call, token) = await PreviewAsync(form);
        AssertDone(await RedeemAsync(call.Arguments, token));

        AssertRefused(await RedeemAsync(call.Arguments, token), "already used");
        Assert.Single(Writes(call));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_token_for_other_arguments_is_refused_and_spent(string form)
    {
        var (call, token) = await PreviewAsync(form);

        AssertRefused(await RedeemAsync(call.Changed, token), "not for these arguments");
        AssertRefused(await RedeemAsync(call.Arguments, token), "unknown, already used");
        Assert.Empty(Writes(call));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_token_of_another_operation_is_refused_and_spent(string form)
    {
        var (call, token) = await PreviewAsync(form);
        var other = $$"""{"operation":"SnapshotVm","id":"{{call.Vms[0]}}"}""";

        AssertRefused(await RedeemAsync(other, token), "given for another call");
        AssertRefused(await RedeemAsync(call.Arguments, token), "unknown, already used");
        Assert.Empty(Writes(call));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_token_of_another_caller_reads_like_one_that_never_was(string form)
    {
        var (call, token) = await PreviewAsync(form);
        var mallory = new Caller("mallory", ["admin"]);

        var stolen = await fixture.CallAsAsync(mallory, ChangingCall.Tool, GatewayUnderTest.WithToken(call.Arguments, token));
        var invented = await fixture.CallAsAsync(mallory, ChangingCall.Tool, GatewayUnderTest.WithToken(call.Arguments, Guid.NewGuid().ToString()));

        AssertRefused(stolen, "unknown");
        Assert.Equal(invented.Text, stolen.Text);
        Assert.Empty(Writes(call));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_token_ends_after_five_minutes(string form)
    {
        var (call, token) = await PreviewAsync(form);
        fixture.Time.Advance(Lifetime);

        AssertRefused(await RedeemAsync(call.Arguments, token), "older than five minutes");
        Assert.Empty(Writes(call));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_token_is_no_good_when_the_object_is_no_longer_what_was_shown(string form)
    {
        var (call, token) = await PreviewAsync(form);
        fixture.Change(call.Vms[0], "name_label", "renamed meanwhile");

        var result = await RedeemAsync(call.Arguments, token);

        AssertRefused(result, "has changed since the preview");
        Assert.Contains("renamed meanwhile", result.Text, StringComparison.Ordinal);
        Assert.Empty(Writes(call));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Of_many_calls_at_once_with_one_token_one_runs(string form)
    {
        var (call, token) = await PreviewAsync(form);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RedeemAsync(call.Arguments, token))));

        Assert.Single(results, static result => !result.IsError);
        Assert.Single(Writes(call));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Words_of_approval_are_no_consent(string form)
    {
        var call = NextCall(form);
        foreach (var word in (string[])["approved", "yes", "true", "", "the user agreed", Guid.NewGuid().ToString()])
        {
            AssertRefused(await RedeemAsync(call.Arguments, word), "confirm_token is unknown");
        }

        foreach (var extra in (string[])["\"approved\":true", "\"confirmed\":\"yes\"", "\"confirm\":true", "\"yes\":true", "\"force\":true"])
        {
            AssertRefused(await fixture.CallAsync(ChangingCall.Tool, $"{call.Arguments[..^1]},{extra}}}"), "takes no argument");
        }

        Assert.Empty(Writes(call));
    }

    private ChangingCall NextCall(string form) => ChangingCall.Of(form, fixture.NextVm(), fixture.NextVm());

    private async Task<(ChangingCall Call, string Token)> PreviewAsync(string form)
    {
        var call = NextCall(form);
        var preview = await fixture.CallAsync(ChangingCall.Tool, call.Arguments);
        Assert.Equal("confirmation_required", preview.Structured!.Value.GetProperty("status").GetString());
        return (call, GatewayUnderTest.Token(preview.Text));
    }

    private Task<ToolResult> RedeemAsync(string arguments, string token) =>
        fixture.CallAsync(ChangingCall.Tool, GatewayUnderTest.WithToken(arguments, token));

    private IEnumerable<string> Writes(ChangingCall call) => call.Vms.SelectMany(fixture.Writes);

    private static void AssertDone(ToolResult result) => Assert.False(result.IsError, result.Text);

    private static void AssertRefused(ToolResult result, string why)
    {
        Assert.True(result.IsError, result.Text);
        Assert.Contains(why, result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("confirm_token: \"", result.Text, StringComparison.Ordinal);
    }
}
