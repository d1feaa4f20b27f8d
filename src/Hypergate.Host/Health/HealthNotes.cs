using System.Globalization;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Metering;
using Hypergate.Host.Composition;
using Hypergate.Model;
using Hypergate.Results;

namespace Hypergate.Host.Health;

/// <summary>What an operator should know of a served gateway although it serves: for those who administer all of it, never for others.</summary>
/// <param name="live">The gateway.</param>
/// <param name="keys">What there is to say of keys.</param>
internal sealed class HealthNotes(LiveGateway live, KeyNotes keys)
{
    /// <summary>The notes of this moment, where the caller may see them; else null.</summary>
    public IReadOnlyList<string>? For(Caller caller) => MaySee(caller) ? [.. All().Select(note => LogText.Line(note, live.Gateway.Parts.Scrubber))] : null;

    private IEnumerable<string> All()
    {
        var gateway = live.Gateway;
        var waiting = AuditLag.Of("log");
        return
        [
            .. live.Rejection is { } problem ? [$"The settings have changed but cannot be used; the earlier ones are in force. {problem}"] : Array.Empty<string>(),
            .. gateway.Backends.Select(backend => gateway.Parts.GapOf(backend.Name)).OfType<string>(),
            .. gateway.Backends.Where(backend => backend.DescriptionProblem is not null && gateway.Parts.GapOf(backend.Name) is null)
                .Select(static backend => $"The description of '{backend.Name}' has changed but cannot be used; the earlier one is in force. {backend.DescriptionProblem}"),
            .. gateway.WaitingDescriptions,
            .. gateway.RuleProblems,
            .. gateway.Parts.AuditProblem is { } missing ? [$"The last record could not be written, and nothing is changed until one can. {missing}"] : Array.Empty<string>(),
            .. waiting > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{waiting} ends of changes wait for the audit log.")] : Array.Empty<string>(),
            .. keys.Read(),
            .. gateway.Warnings,
        ];
    }

    // Whoever has the rights is told although it only looks: that is what a monitor's key is for.
    private bool MaySee(Caller caller)
    {
        var (audience, book) = (Audience.Of(caller) with { IsReadOnly = false }, live.Gateway.Parts.Roles);
        return live.Gateway.Backends.All(backend => audience.Has(backend.Name) && (book.IsPlain ? audience.Highest : book.Of(audience).Highest(backend.Name, backend.Kind.Name)) >= Access.Admin);
    }
}
