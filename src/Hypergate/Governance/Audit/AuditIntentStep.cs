using Hypergate.Model;

namespace Hypergate.Governance.Audit;

/// <summary>The last step before the platform: what is about to change is recorded first, or does not happen.</summary>
/// <param name="log">Where it is recorded; null where the audit is switched off, and then nothing changes at all.</param>
public sealed class AuditIntentStep(IAuditLog? log) : ICallStep
{
    public async Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        if (!call.Operation.Changes)
        {
            return await next(call, cancellationToken);
        }

        if (log is null)
        {
            return new Outcome.Refused("audit", $"{call.Operation.Name} changes something, but the audit is switched off in the settings. Nothing was sent.");
        }

        try
        {
            await log.AppendAsync(Record(call) with { Phase = AuditPhase.Begin, Decision = "allowed", Consent = call.Notes?.Consent ?? "" }, cancellationToken);
        }
        catch (AuditUnavailableException exception)
        {
            return new Outcome.Refused("audit", $"{exception.Message} Nothing was sent: what cannot be recorded is not done.");
        }

        return await next(call, cancellationToken);
    }

    /// <summary>What is known of a call before its end.</summary>
    internal static AuditRecord Record(Call call) => AuditRecord.Of(call.Caller, call.Operation.Name) with
    {
        CallId = call.Id,
        Parent = call.Parent,
        Tool = call.Tool,
        Backend = call.Backend,
        Access = call.Operation.Access,
        Arguments = call.Arguments,
        Notes = call.Notes,
    };
}
