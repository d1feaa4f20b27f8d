using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Governance.Gates;

/// <summary>One gate: which calls it is for, and its script.</summary>
/// <param name="settings">As written; the path is absolute.</param>
internal sealed class ScriptGate(GateSettings settings)
{
    private readonly Rule _when = new($"gates.{settings.Name}", settings.When, forbids: true);

    public string Name => settings.Name;

    public bool Runs(GatePhase phase) => settings.Phases?.Contains(phase) ?? phase == GatePhase.Before;

    /// <summary>Whether it is for such a call. What cannot be told counts as yes.</summary>
    public bool Fits(RuleSubject subject) => _when.Fits(subject) != Fit.No;

    /// <summary>Runs it over one member of what it is shown.</summary>
    /// <returns>The member as it left it, or why it refuses: also where it cannot be run.</returns>
    public async Task<GateResult> RunAsync(GateRunner runner, JsonElement context, string open, CancellationToken cancellationToken)
    {
        try
        {
            return await runner(await File.ReadAllTextAsync(settings.Script, cancellationToken), context, open, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(default, "its script cannot be read");
        }
    }
}
