using Hypergate.Governance.Audit;
using Hypergate.Governance.Confirmation;
using Hypergate.Governance.Limits;
using Hypergate.Host.Settings;
using Hypergate.Host.State;
using Hypergate.Model;
using Hypergate.Results;
using Hypergate.Results.Secrets;
using Hypergate.Scripting;
using Hypergate.Tools;
using Hypergate.Tools.Code;
using Hypergate.Tools.Search;

namespace Hypergate.Host.Composition;

/// <summary>Makes the rooms in which scripts of callers run.</summary>
internal sealed class CodeRoomMaking
{
    public required Sandbox Sandbox { get; init; }

    /// <summary>Runs that wait; they outlive the settings.</summary>
    public required CodeRuns Runs { get; init; }

    public required IGatewayStores Stores { get; init; }

    public required CallerLimits Limits { get; init; }

    /// <summary>The class of a call, which its arguments may have raised.</summary>
    public required Func<Call, Access> AccessOf { get; init; }

    /// <summary>What is hidden by name, of all kinds of platforms and by the settings.</summary>
    public required RedactionRules Redaction { get; init; }

    public required SecretScrubber Scrubber { get; init; }

    public required TimeProvider Time { get; init; }

    /// <param name="surroundings">What an audience may see.</param>
    /// <param name="settings">As they are for it.</param>
    public CodeRoom Make(ToolSurroundings surroundings, GatewaySettings settings)
    {
        var consent = new ConsentPolicy(settings.Policy);
        return new()
        {
            Surroundings = surroundings,
            Sandbox = Sandbox,
            Limits = settings.Scripting.Limits,
            Runs = Runs,
            Indexes = new SearchIndexes(surroundings),
            Output = settings.Output,
            Time = Time,
            AccessOf = AccessOf,
            BeginRun = Limits.BeginRunAsync,
            NeedsConsent = call => consent.LevelOf(call, AccessOf(call)) != ConsentRule.None,
            Recorded = (run, token) => RunTrail.FindAsync(Stores.Trail, run, Time, token),
            SafeArguments = PreviewRedaction.For(Redaction, Scrubber),
        };
    }
}
