using Hypergate.Backends;
using Hypergate.Catalog;
using Hypergate.Governance;
using Hypergate.Governance.Arguments;
using Hypergate.Governance.Audit;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Changes;
using Hypergate.Governance.Cleaning;
using Hypergate.Governance.Confirmation;
using Hypergate.Governance.Confirmation.Approvals;
using Hypergate.Governance.Gates;
using Hypergate.Governance.Limits;
using Hypergate.Governance.Metering;
using Hypergate.Host.Approvals;
using Hypergate.Host.Settings;
using Hypergate.Host.State;
using Hypergate.Inventory;
using Hypergate.Model;
using Hypergate.Results;
using Hypergate.Results.Secrets;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Composition;

/// <summary>Makes the one road of a call. The order of its steps is written here, once.</summary>
internal sealed class PipelineMaking
{
    public required GatewaySettings Settings { get; init; }

    public required IReadOnlyList<Backend> Backends { get; init; }

    public required LiveCatalog Catalog { get; init; }

    public required IReadOnlyDictionary<string, OperationPolicy> Policies { get; init; }

    public required RoleBook Roles { get; init; }

    public required CallerLimits Limits { get; init; }

    public required GatewayState State { get; init; }

    public required IGatewayStores Stores { get; init; }

    public required SecretScrubber Scrubber { get; init; }

    /// <summary>What is hidden by name, of all kinds of platforms and by the settings.</summary>
    public required RedactionRules Redaction { get; init; }

    /// <summary>Null where the audit is switched off.</summary>
    public required IAuditLog? Audit { get; init; }

    /// <summary>Forgets what a change has made old.</summary>
    public required ReadCache Reads { get; init; }

    /// <summary>Runs the script of a gate.</summary>
    public required GateRunner Gate { get; init; }

    /// <summary>Tells people of calls that gates report.</summary>
    public required Action<GateNews> Tell { get; init; }

    /// <summary>The class of a call, which its arguments may have raised.</summary>
    public required Func<Call, Access> AccessOf { get; init; }

    /// <summary>The platform, behind the last step.</summary>
    public required CallNext Send { get; init; }

    /// <summary>Why a call that is about to be sent may not be any more; null where it may.</summary>
    public required Func<Call, CancellationToken, Task<Outcome?>> Standing { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    /// <returns>The road; its step that decides; and what decides where conditions of roles ask for objects, null where there are the built-in roles alone.</returns>
    public (CallPipeline Pipeline, AuthorizationStep Authorization, ConditionalRights? Conditional) Make()
    {
        var kinds = Backends.ToDictionary(static backend => backend.Name, static backend => backend.Kind);
        var lookup = new ObjectLookup(Catalog, name => kinds[name].Objects, Time);
        var conditional = Roles.IsPlain ? null : new ConditionalRights(lookup, Time);
        var authorization = new AuthorizationStep(Policies, AccessOf, conditional);
        var arguments = new ArgumentsStep(name => kinds[name].PathRule, call => kinds[call.Backend].Refusal(call));
        var changes = new ChangeGateStep(State.Freezes, new ChangeCalendar(Settings.Changes), lookup, Time);
        var approvals = new ApprovalFlow(State.Approvals);
        var tokens = new ConsentTokens(Stores.Consents, () => Stores.SealKey, Time);
        var gates = Settings.Gates.Count == 0 ? [] : GateList.Of(Settings.Gates, Gate, Time, keepsScripts: Settings.RunGateTests);
        CallPipeline? pipeline = null;
        var preview = new PreviewLookup(Catalog, name => kinds[name].Subjects, (call, token) => pipeline!.RunAsync(call, token), PreviewRedaction.WordsFor(Scrubber));

        // The order of the steps is the order of these lines.
        List<ICallStep> steps =
        [
            new MeterStep(Time, Settings.Telemetry.OperationLabel),
            .. Audit is null ? Array.Empty<ICallStep>() : [new AuditStep(Audit, Loggers.CreateLogger<AuditStep>(), Time, Settings.Audit.Results)],
            new CleaningStep(new OutcomeCleaning(Scrubber, Redaction).Clean),
            new RateStep(Limits),
            new ArrangementStep(),

            // What they change is agreed to, authorized and checked like what the caller wrote.
            .. gates.Count == 0 ? Array.Empty<ICallStep>() : [new GateStep(gates, [authorization, arguments], new GateRecords(Audit, Tell), call => (kinds[call.Backend].Name, AccessOf(call)), Time)],
            new ConsentTokenStep(tokens, approvals),
            authorization,
            arguments,
            changes,
            new ConfirmationStep(RulesFor(kinds), preview.MakeAsync, tokens, approvals, Time),

            // A person may have thought for long.
            changes,
            new StandingStep(Standing),
            new AuditIntentStep(Audit),
            new ChangeWatch(Reads),
        ];
        return (pipeline = new CallPipeline(steps, Send), authorization, conditional);
    }

    private ConfirmationRules RulesFor(Dictionary<string, BackendKind> kinds)
    {
        var consent = new ConsentPolicy(Settings.Policy);
        return new(
            AccessOf,
            consent.LevelOf,
            consent.TakesToken,
            call => kinds[call.Backend].Subjects?.ShowsChange(call) == true,
            PreviewRedaction.For(Redaction, Scrubber));
    }
}
