using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>How a kind of platform opens a session with a password.</summary>
internal sealed record SessionRules
{
    /// <summary>Where a session is opened with POST, below the API's path.</summary>
    public required string Path { get; init; }

    /// <summary>The body: user, and password or the session that shall be renewed.</summary>
    public required Func<string, string, EncodedBody> Body { get; init; }

    /// <summary>The same as words, for descriptions of the platform; null where there are none.</summary>
    public SessionWords? Words { get; init; }

    /// <summary>Reads the answer.</summary>
    public required Func<JsonElement, SessionOpening> Read { get; init; }

    /// <summary>The headers of a request by its method.</summary>
    public required Func<SessionTicket, string, IReadOnlyList<KeyValuePair<string, string>>> Headers { get; init; }

    /// <summary>Whether an open session opens the next one; else only the password does.</summary>
    public bool RenewsWithTicket { get; init; } = true;

    /// <summary>The age from which on a session is renewed by itself, where it does not say when it ends.</summary>
    public required TimeSpan RenewAfter { get; init; }

    /// <summary>The age at which the platform no longer takes it, not even for renewing, where it does not say so.</summary>
    public required TimeSpan EndsAfter { get; init; }
}

/// <summary>An open session. Never printed.</summary>
internal sealed record SessionTicket(string Value, string WriteToken)
{
    /// <summary>When it ends, where the platform said so.</summary>
    public DateTimeOffset? Ends { get; init; }

    public override string ToString() => "***";
}

/// <summary>What came of opening a session: a ticket, or why there is none, for a person.</summary>
internal sealed record SessionOpening(SessionTicket? Ticket, string? Problem);
