using Hypergate.Model;
using Hypergate.Results.Secrets;
using Hypergate.Results.Text;

namespace Hypergate.Results;

/// <summary>
/// Makes the texts of an outcome fit to be told, logged and recorded: what a platform says about an error is its own text, may be of any
/// length, and may repeat what was sent to it.
/// </summary>
/// <param name="scrubber">The secrets of this process.</param>
/// <param name="rules">What the kinds of backends hide by name.</param>
public sealed class OutcomeCleaning(SecretScrubber scrubber, RedactionRules rules)
{
    private const int LongestText = 4_000;
    private readonly SecretNames _names = new([.. rules.Hidden, .. SecretNames.Common, .. rules.PassedUnder]);

    public Outcome Clean(Call call, Outcome outcome) => outcome switch
    {
        Outcome.Failed failed => failed with
        {
            Detail = Text(call, failed.Detail),
            Error = failed.Error is { } error ? error with { Message = Text(call, error.Message) } : null,
        },
        Outcome.Refused refused => refused with { Reason = Text(call, refused.Reason) },
        Outcome.Done { Warnings.Count: > 0 } done => done with { Warnings = [.. done.Warnings.Select(warning => Text(call, warning))] },
        _ => outcome,
    };

    private string Text(Call call, string text)
    {
        var secrets = CallSecrets.Of(call.Arguments, _names);
        var open = SecretPatterns.Hide(scrubber.Scrub(CleanText.Visible(text)));
        return CleanText.Line(secrets.Count == 0 ? open : new SecretScrubber(secrets).Scrub(open), LongestText);
    }
}
