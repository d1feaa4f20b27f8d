using System.Diagnostics;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Governance.Audit;

/// <summary>One line of the audit log: what the gateway knows of a call when it writes the line.</summary>
public sealed record AuditRecord
{
    public AuditPhase Phase { get; init; } = AuditPhase.Call;

    /// <summary>Joins the lines of one call; empty where there is only one.</summary>
    public string CallId { get; init; } = "";

    /// <summary>The script run or composite call that it was a part of; empty for none.</summary>
    public string Parent { get; init; } = "";

    /// <summary>Who asked.</summary>
    public required string Caller { get; init; }

    /// <summary>The roles of who asked.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>How who asked proved who it is: <c>API key 1a2b3c4d</c>, <c>local user</c>; empty for events.</summary>
    public string AuthenticatedBy { get; init; } = "";

    /// <summary>Where the call came from.</summary>
    public CallOrigin Origin { get; init; } = CallOrigin.Unknown;

    /// <summary>The W3C id of the trace that it is a part of, in hexadecimal; empty where there is none, as over standard input and output.</summary>
    public string Trace { get; init; } = "";

    /// <summary>The objects of a call that changes something, each in a line.</summary>
    public IReadOnlyList<string> Objects { get; init; } = [];

    /// <summary>Where the call came in.</summary>
    public string Tool { get; init; } = "";

    public string Backend { get; init; } = "";

    public required string Operation { get; init; }

    /// <summary>Null for events, which are no calls.</summary>
    public Access? Access { get; init; }

    /// <summary>As the caller gave them; secrets are removed while the line is written.</summary>
    public JsonElement Arguments { get; init; }

    /// <summary>What governance said, and by which rule: <c>allowed</c>, <c>refused: authorization</c>.</summary>
    public string Decision { get; init; } = "";

    /// <summary>How consent was given: <c>elicitation</c>, <c>token (self-asserted)</c>, <c>approval by key:anna</c>; <c>declined, …</c>; empty where none was needed.</summary>
    public string Consent { get; init; } = "";

    /// <summary>How the call ended: <c>done</c>, <c>refused</c>, <c>unconfirmed</c>, <c>failed</c>; empty before its end.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>The HTTP status of the platform; null where nothing was sent or nothing came back.</summary>
    public int? Status { get; init; }

    /// <summary>A text about the end, such as the platform's error; secrets are removed while the line is written.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What came back; null where nothing did.</summary>
    internal AuditResult? Result { get; init; }

    /// <summary>What was learnt on the way: the rule, the object, what was sent; null where there is no more than the record itself.</summary>
    internal CallNotes? Notes { get; init; }

    /// <summary>When the call ended, where the line could only be written later; else the time of the line tells.</summary>
    public DateTimeOffset? Ended { get; init; }

    public long? DurationMilliseconds { get; init; }

    /// <summary>Bytes that the platform answered.</summary>
    public long? Bytes { get; init; }

    /// <summary>Everything up to the arguments, spelled ahead; null where it is spelled with the rest. Whoever sets it changes none of them afterwards.</summary>
    internal AuditOpening? Opening { get; init; }

    /// <summary>What a caller asks for, with who it is and where it comes from.</summary>
    internal static AuditRecord Of(Caller caller, string operation) => new()
    {
        Caller = caller.Name,
        Roles = caller.Roles,
        AuthenticatedBy = caller.AuthenticatedBy,
        Origin = caller.Origin,
        Trace = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : "",
        Operation = operation,
    };
}

/// <summary>Which moment a line tells of.</summary>
public enum AuditPhase
{
    /// <summary>A whole call in one line.</summary>
    Call,

    /// <summary>A call is about to be sent.</summary>
    Begin,

    /// <summary>A call has ended.</summary>
    End,

    /// <summary>Something that is not a call: start, stop, settings.</summary>
    Event,
}
