using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Governance.Gates;

/// <summary>A gate that the settings themselves describe.</summary>
/// <param name="settings">As written.</param>
/// <param name="counter">Counts the calls of its limit.</param>
internal sealed class DeclaredGate(GateSettings settings, GateCounter counter) : IGate
{
    private readonly Rule _when = new($"gates.{settings.Name}", settings.When, forbids: true);
    private readonly AnswerEffects? _after = settings.After is { } after ? new AnswerEffects(after) : null;

    public string Name => settings.Name;

    public bool IsShadow => settings.Shadow;

    public bool Runs(GatePhase phase) => phase == GatePhase.Before ? settings.Before is not null : settings.After is not null;

    // A preview is no end: the call comes again.
    public bool Reports(Outcome outcome) => !settings.Shadow
        && (outcome is Outcome.Done ? (settings.Before?.Notify ?? settings.After?.Notify) is not null : outcome is not Outcome.Unconfirmed && settings.Before?.Notify is not null);

    public bool Fits(RuleSubject subject) => _when.Fits(subject) != Fit.No;

    public Task<GateVerdict> JudgeAsync(Call call, Access access, Outcome.Done? done, CancellationToken cancellationToken) =>
        Task.FromResult(done is null ? Before(call, settings.Before!) : _after!.Apply(done.Value));

    private GateVerdict Before(Call call, GateBeforeSettings before)
    {
        if (before.Deny is { } deny)
        {
            return new(default, deny);
        }

        var arguments = JsonNode.Parse(call.Arguments.GetRawText())!.AsObject();
        if (ArgumentEffects.Missing(before, arguments) is { } missing)
        {
            return new(default, missing);
        }

        if (before.Limit is { } limit && counter.Take(Name, call.Caller.Name, limit) is { } wait)
        {
            return new(default, wait);
        }

        return new(ArgumentEffects.Apply(before, arguments) ? JsonElement.Parse(arguments.ToJsonString()) : call.Arguments, null, before.Confirm);
    }
}
