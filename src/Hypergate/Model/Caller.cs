namespace Hypergate.Model;

/// <summary>Who is asking: a person or a program, already authenticated.</summary>
/// <param name="Name">What consents, tasks, sessions and the audit know it by: <c>local</c>, <c>key:NAME</c>.</param>
/// <param name="Roles">What it may do, by name; without any, nothing.</param>
public sealed record Caller(string Name, IReadOnlyList<string> Roles)
{
    /// <summary>The person who started the gateway over stdio or typed a command.</summary>
    public static Caller LocalUser { get; } = new("local", ["admin"]);

    /// <summary>How it proved who it is, for people: <c>local user</c>, <c>API key 1a2b3c4d</c>.</summary>
    public string AuthenticatedBy { get; init; } = "local user";

    /// <summary>The only backends that exist for it; null for all.</summary>
    public IReadOnlyList<string>? Backends { get; init; }

    /// <summary>The only surfaces that its credential shows, of those that its roles see; null for all of them.</summary>
    public IReadOnlyList<string>? Surfaces { get; init; }

    /// <summary>Whether it only looks, whatever its roles allow.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>
    /// Where its own credentials for platforms lie, by backend: <c>secret:anna-xo</c>. The platform then sees the person; null for none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Credentials { get; init; }

    /// <summary>What its credential alone allows of requests a second, where less than the gateway does; null for no limit of its own.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>How many sessions it may have open, where fewer than the gateway allows; null for no limit of its own.</summary>
    public int? Sessions { get; init; }

    /// <summary>How many calls a minute its credential allows, where fewer than the settings and its roles do; null for no limit of its own.</summary>
    public int? CallsPerMinute { get; init; }

    /// <summary>How many of them may change something; null for no limit of its own.</summary>
    public int? WritesPerMinute { get; init; }

    /// <summary>Where this call of it comes from; no part of who it is.</summary>
    public CallOrigin Origin { get; init; } = CallOrigin.Unknown;

    /// <summary>The same by a way in, unless one is said already.</summary>
    public Caller By(string surface) => Origin.Surface.Length > 0 ? this : this with { Origin = Origin with { Surface = surface } };

    /// <summary>When its credential ends; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether a person has to renew that credential: then it is told in time.</summary>
    public bool IsRenewedByHand { get; init; }

    /// <summary>So long before the end of such a credential it is told.</summary>
    public static TimeSpan Notice { get; } = TimeSpan.FromDays(7);
}
