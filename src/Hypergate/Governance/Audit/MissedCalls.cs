using Hypergate.Model;
using Microsoft.Extensions.Logging;

namespace Hypergate.Governance.Audit;

/// <summary>
/// Records what callers try to call and do not have. What is hidden and what is not there take the same way, so that the time of the answer tells nobody which it was; the record tells the operator.
/// </summary>
/// <param name="log">Where to; null where the audit is switched off.</param>
/// <param name="find">The operation that is meant, whoever asks, by the backend and the name that were given; null where there is none.</param>
/// <param name="logger">Tells what could not be recorded.</param>
public sealed partial class MissedCalls(IAuditLog? log, Func<string?, string, (string Backend, Operation Operation)?> find, ILogger logger)
{
    private const int LongestName = 100;
    private const string NoName = "(no name)";
    private const string Hidden = "It is hidden from this caller. Nothing was sent.";
    private const string Unknown = "There is none of this name at this moment. Nothing was sent.";

    /// <summary>Records one. Returns also where that cannot be done.</summary>
    public async Task NoteAsync(MissedCall call)
    {
        if (log is null)
        {
            return;
        }

        try
        {
            await log.AppendAsync(Record(call), CancellationToken.None);
        }
        catch (AuditUnavailableException exception)
        {
            NotRecorded(call.Caller.Name, exception.Message);
        }
    }

    private AuditRecord Record(MissedCall call)
    {
        var meant = find(call.Backend, call.Name);
        return AuditRecord.Of(call.Caller, meant?.Operation.Name ?? NameOf(call.Name)) with
        {
            Parent = call.Parent,
            Tool = NameOf(call.Tool),
            Backend = meant?.Backend ?? (call.Backend is { } backend ? NameOf(backend) : ""),
            Access = meant?.Operation.Access,
            Arguments = call.Arguments,
            Decision = "refused: authorization",
            Outcome = "refused",
            Detail = meant is null ? Unknown : Hidden,
        };
    }

    // What is no name of anything may be whatever somebody put there, also what must not be recorded.
    private static string NameOf(string given) =>
        given.Length is > 0 and <= LongestName && given.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '/') ? given : NoName;

    [LoggerMessage(1, LogLevel.Error, "A call that {Caller} may not make is not recorded: {Problem}")]
    private partial void NotRecorded(string caller, string problem);
}
