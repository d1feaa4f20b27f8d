using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Governance.Gates;

/// <summary>Looks at calls before they are sent, or at their answers, and may change or refuse them.</summary>
internal interface IGate
{
    string Name { get; }

    /// <summary>Whether it only tells what it would do.</summary>
    bool IsShadow { get; }

    bool Runs(GatePhase phase);

    /// <summary>Whether people shall be told of a call that ended so.</summary>
    bool Reports(Outcome outcome);

    /// <summary>Whether it is for such a call. What cannot be told counts as yes.</summary>
    bool Fits(RuleSubject subject);

    /// <summary>What it says of the arguments, or of the answer where there is one.</summary>
    Task<GateVerdict> JudgeAsync(Call call, Access access, Outcome.Done? done, CancellationToken cancellationToken);
}

/// <summary>What a gate says.</summary>
/// <param name="Value">The arguments or the answer as it leaves them.</param>
/// <param name="Refusal">Why it refuses; null where it does not.</param>
/// <param name="Confirm">Who must agree; null where it has no wish.</param>
internal sealed record GateVerdict(JsonElement Value, string? Refusal = null, ConsentRule? Confirm = null);
