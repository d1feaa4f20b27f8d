namespace Hypergate.Model;

/// <summary>What is learnt of one call on its way, for its record. Looks that are made for a call have notes of their own, or none.</summary>
internal sealed class CallNotes
{
    // A call that was given up may still be under way while its record is written: what is read here never changes.
    private volatile IReadOnlyList<CallAttempt> _attempts = [];
    private volatile bool _isUnderWay;

    /// <summary>Whether the call itself sends requests; a composite leaves that to its parts, which have records of their own.</summary>
    public bool IsSender { get; init; } = true;

    /// <summary>The rule of a role that decided: <c>roles.web.allow[0]</c>; empty where none was asked.</summary>
    public string Rule { get; set; } = "";

    /// <summary>How consent was given, once it was; empty before, and where none was needed.</summary>
    public string Consent { get; set; } = "";

    /// <summary>The main object; null where nobody looked.</summary>
    public CallTarget? Target { get; set; }

    /// <summary>Bytes of the bodies that were sent; null where nothing with a body was.</summary>
    public long? BytesSent { get; private set; }

    /// <summary>The requests that the call made, one for each try and page.</summary>
    public IReadOnlyList<CallAttempt> Attempts => _attempts;

    /// <summary>Whether the platform got a request: yes, no, or null where nobody knows.</summary>
    public bool? WasSent => _attempts.Any(static attempt => attempt.WasSent == true) ? true : _isUnderWay || _attempts.Any(static attempt => attempt.WasSent is null) ? null : false;

    /// <summary>A request is about to be sent.</summary>
    /// <param name="bytes">The length of its body; null where it has none.</param>
    public void Begin(long? bytes)
    {
        _isUnderWay = true;
        BytesSent = bytes is null ? BytesSent : (BytesSent ?? 0) + bytes;
    }

    /// <summary>A request has ended.</summary>
    public void End(CallAttempt attempt)
    {
        _attempts = [.. _attempts, attempt];
        _isUnderWay = false;
    }
}

/// <summary>One request of a call.</summary>
/// <param name="Status">The HTTP status; null where there was no answer.</param>
/// <param name="Milliseconds">How long it took, the reading of its answer included.</param>
/// <param name="Bytes">Of its answer on the wire.</param>
/// <param name="WasSent">Whether it reached the platform; null where nobody knows.</param>
internal sealed record CallAttempt(int? Status, long Milliseconds, long Bytes, bool? WasSent);

/// <summary>The object that a call is about.</summary>
/// <param name="Kind">VM, host, SR …</param>
/// <param name="Id">The platform's.</param>
/// <param name="Name">What people call it; may be empty.</param>
/// <param name="Place">What it lies in: <c>pool Paris</c>, <c>node pve1</c>; empty where that is not known.</param>
internal sealed record CallTarget(string Kind, string Id, string Name, string Place);
