using System.Text.Json;
using Hypergate.Governance.Confirmation.Approvals;
using Hypergate.Governance.Metering;
using Hypergate.Model;

namespace Hypergate.Governance.Confirmation;

/// <summary>
/// Lets nothing change without a person's consent to that exact call. One path for every client: a question where the client
/// can ask one, else a preview with a token for a second call. Whatever goes wrong on the way is a refusal.
/// </summary>
/// <param name="rules">Which calls need it.</param>
/// <param name="preview">Looks up what a call would touch.</param>
/// <param name="tokens">Gives out tokens; <see cref="ConsentTokenStep"/> takes them back.</param>
/// <param name="time">For the five minutes.</param>
/// <param name="approvals">Takes what needs more people than the caller's own.</param>
internal sealed class ConfirmationStep(
    ConfirmationRules rules, PreviewMaker preview, ConsentTokens tokens, ApprovalFlow approvals, TimeProvider time) : ICallStep
{
    private const string Policy = "confirmation";

    private readonly PreviewText _text = new(rules.SafeText);
    private readonly SubjectWatch _watch = new(preview, time);

    public async Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        if (!call.Operation.Changes)
        {
            return call.AsksAhead ? NothingToAsk(call) : await next(call, cancellationToken);
        }

        var access = rules.AccessOf(call);
        var level = rules.LevelOf(call, access);

        // What the caller's own person agreed to as a whole; other people are asked for each call.
        if (call.AsksAhead)
        {
            return await AskAheadAsync(call, access, level, cancellationToken);
        }

        if (call.Within is { IsCovered: true } && !call.DryRun && level <= ConsentRule.Confirm)
        {
            return await AgreedToAsync(call, $"with {call.Within.Name}", next, cancellationToken);
        }

        if (!call.DryRun && level == ConsentRule.None)
        {
            return await AgreedToAsync(call, "policy", next, cancellationToken);
        }

        var shown = Completed(await preview(call, cancellationToken), call.Subject);
        if (shown.Problem is { } impossible)
        {
            return impossible;
        }

        if (call.DryRun)
        {
            return new Outcome.Unconfirmed(PreviewText.OfDryRun(_text.Question(call, access, shown)));
        }

        if (level > ConsentRule.Confirm && !ApprovalFlow.IsEnough(call, level))
        {
            return await ApproveAsync(call, new ApprovalWish(_text.Request(call, access, shown), Fingerprint(shown), access, level == ConsentRule.FourEyes ? 2 : 1), next, cancellationToken);
        }

        if (call.Approval is { } approval)
        {
            return await RunAsync(call, new(call.ShownState, null), shown, $"approval by {approval.By}", next, cancellationToken);
        }

        return call.ShownState is { } state
            ? await RunAsync(call, new(state, null), shown, call.ShownWay ?? "token (self-asserted)", next, cancellationToken)
            : await AskAsync(call, access, shown, next, cancellationToken);
    }

    private async Task<Outcome> AskAheadAsync(Call call, Access access, ConsentRule level, CancellationToken cancellationToken)
    {
        if (level == ConsentRule.None)
        {
            return NothingToAsk(call);
        }

        if (level > ConsentRule.Confirm)
        {
            return new Outcome.Refused(Policy, $"{call.Operation.Name} needs the word of other people. Nothing was sent. Call it: that asks them.");
        }

        var shown = Completed(await preview(call, cancellationToken), call.Subject);
        return shown.Problem ?? await AskAsync(call, access, shown, static (_, _) => throw new InvalidOperationException("Asking ahead sends nothing."), cancellationToken);
    }

    private Task<Outcome> AgreedAsync(Call call, string fingerprint, string way, CancellationToken cancellationToken) =>
        WithTokenAsync(call, fingerprint, way, token => PreviewText.Agreed(call, token), cancellationToken);

    private static Outcome.Unconfirmed NothingToAsk(Call call) => new($"{call.Operation.Name} needs nobody's consent: call it. Nothing was sent.");

    private static Outcome.Refused NotKept(Call call, IOException exception) =>
        new(Policy, $"{call.Operation.Name} needs consent, which cannot be kept at present: {exception.Message} Nothing was sent.");

    private async Task<Outcome> ApproveAsync(Call call, ApprovalWish wish, CallNext next, CancellationToken cancellationToken)
    {
        var (agreed, answer) = await approvals.AskAsync(call, wish, cancellationToken);
        if (agreed is null)
        {
            return answer!;
        }

        // It may have waited for long: what was shown to them must still be so.
        var now = Completed(await preview(agreed, cancellationToken), agreed.Subject);
        return now.Problem ?? await RunAsync(agreed, new(agreed.ShownState, null), now, $"approval by {agreed.Approval!.Value.By}", next, cancellationToken);
    }

    private async Task<Outcome> AskAsync(Call call, Access access, Preview shown, CallNext next, CancellationToken cancellationToken)
    {
        var question = _text.Question(call, access, shown);
        var fingerprint = Fingerprint(shown);
        if (call.Conversation.Ask is not { } ask)
        {
            if (!rules.TokenAllowed(access))
            {
                return new Outcome.Refused(Policy, $"{call.Operation.Name} is {access.ToString().ToLowerInvariant()}: a person must be asked, which this client cannot do. Nothing was sent. Use a client with elicitation, or 'hypergate call' at a terminal.");
            }

            return await WithTokenAsync(call, fingerprint, null, token => PreviewText.WithToken(question, token), cancellationToken);
        }

        var typed = access == Access.Dangerous ? shown.TypeToConfirm : null;
        var answer = await ask(new Question(question, typed, tokens.Seal.Make(call, fingerprint)), cancellationToken);

        // A no spends the question as a yes does, so that it cannot be answered again.
        var redeemed = await RedeemAsync(answer, call, cancellationToken);
        GovernanceMeters.Consent(answer.Way, !answer.Accepted ? "declined" : redeemed.Problem is null ? "given" : "invalid");
        if (!answer.Accepted)
        {
            return new Outcome.Refused(Policy, $"The person did not agree to {call.Operation.Name}. Nothing was sent. Do not try it again unasked.") { Consent = $"declined, {answer.Way}" };
        }

        if (redeemed.Problem is null && call.AsksAhead)
        {
            return redeemed.Fingerprint == fingerprint ? await AgreedAsync(call, fingerprint, answer.Way, cancellationToken) : Refuse(call, "What it touches has changed since the preview.");
        }

        return redeemed.Problem is { } problem
            ? Refuse(call, problem)
            : await RunAsync(call, redeemed, shown, answer.Way, next, cancellationToken);
    }

    private async Task<Outcome> WithTokenAsync(Call call, string fingerprint, string? way, Func<string, string> text, CancellationToken cancellationToken)
    {
        try
        {
            var token = await tokens.IssueAsync(call, fingerprint, way, cancellationToken);
            GovernanceMeters.Consent("token", "asked");
            return new Outcome.Unconfirmed(text(token)) { Token = token, Consent = way };
        }
        catch (IOException exception)
        {
            return NotKept(call, exception);
        }
    }

    private async Task<ConsentTokens.Redemption> RedeemAsync(Answer answer, Call call, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.Seal.RedeemAsync(answer.Seal, call, cancellationToken);
        }
        catch (IOException exception)
        {
            return new(null, $"Whether the answer was used already cannot be found out: {exception.Message}");
        }
    }

    private async Task<Outcome> RunAsync(
        Call call, ConsentTokens.Redemption consent, Preview shown, string way, CallNext next, CancellationToken cancellationToken)
    {
        if (consent.Fingerprint != Fingerprint(shown))
        {
            return Refuse(call, $"What it touches has changed since the preview. It is now: {string.Join("; ", shown.Subjects)}. {string.Join(' ', shown.Consequences)}".TrimEnd());
        }

        call.Notes?.Target = shown.Target;
        var outcome = await AgreedToAsync(call, way, next, cancellationToken) with { Subjects = shown.Subjects };
        return outcome is Outcome.Done { Job: null or { State: JobState.Succeeded } } && shown.Subjects.Count > 0 && rules.ShowsChange(call)
            ? outcome with { SubjectNow = await _watch.LookAsync(call, shown, cancellationToken) }
            : outcome;
    }

    // The record of what is about to be done tells it as well.
    private static async Task<Outcome> AgreedToAsync(Call call, string way, CallNext next, CancellationToken cancellationToken)
    {
        call.Notes?.Consent = way;
        return await next(call, cancellationToken) with { Consent = way };
    }

    // What the kind of backend looks up by itself goes first.
    private static Preview Completed(Preview shown, CallSubject? known) => known is null ? shown : shown with
    {
        Subjects = shown.Subjects.Count > 0 ? shown.Subjects : [known.Line],
        Consequences = [.. shown.Consequences, .. known.Facts],
        TypeToConfirm = shown.TypeToConfirm ?? known.Name,
    };

    private static string Fingerprint(Preview shown) => ConsentBinding.OfText(string.Join('\n', [.. shown.Subjects, .. shown.Consequences]));

    private static Outcome.Refused Refuse(Call call, string problem) =>
        new(Policy, $"{problem} Nothing was sent. Call {call.Operation.Name} again without confirm_token for a new preview.");
}

/// <summary>Which calls need consent.</summary>
/// <param name="AccessOf">The class of the call, which its arguments may raise above the operation's own.</param>
/// <param name="LevelOf">Who must agree.</param>
/// <param name="TokenAllowed">Whether a token will do where the client cannot ask its person.</param>
/// <param name="ShowsChange">Whether the call's object looks different afterwards: another state, place or name, or gone.</param>
/// <param name="SafeText">Writes a JSON value without secrets, for the preview.</param>
public sealed record ConfirmationRules(
    Func<Call, Access> AccessOf, Func<Call, Access, ConsentRule> LevelOf, Func<Access, bool> TokenAllowed, Func<Call, bool> ShowsChange, Func<JsonElement, string> SafeText);
