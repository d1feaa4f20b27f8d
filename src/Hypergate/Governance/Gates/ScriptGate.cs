using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Governance.Gates;

/// <summary>A gate whose script says what is done. What does not run to its end refuses.</summary>
/// <param name="settings">As written; the path is absolute.</param>
/// <param name="script">The file.</param>
/// <param name="run">Runs a script.</param>
/// <param name="code">Its text as it was tested; null where the file is read anew for each call.</param>
internal sealed class ScriptGate(GateSettings settings, string script, GateRunner run, string? code) : IGate
{
    private readonly Rule _when = new($"gates.{settings.Name}", settings.When, forbids: true);

    public string Name => settings.Name;

    public bool IsShadow => settings.Shadow;

    public bool Runs(GatePhase phase) => settings.Phases?.Contains(phase) ?? phase == GatePhase.Before;

    public bool Reports(Outcome outcome) => false;

    public bool Fits(RuleSubject subject) => _when.Fits(subject) != Fit.No;

    public async Task<GateVerdict> JudgeAsync(Call call, Access access, Outcome.Done? done, CancellationToken cancellationToken)
    {
        try
        {
            var text = code ?? await File.ReadAllTextAsync(script, cancellationToken);
            var result = await run(text, GateContext.Of(call, access, Name, done), done is null ? GateContext.Arguments : GateContext.Result, cancellationToken);
            return new(result.Value, result.Refusal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(default, "its script cannot be read");
        }
    }
}
