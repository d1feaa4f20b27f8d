using Hypergate.Host.Authentication;

namespace Hypergate.Host.Cli;

/// <summary>What a new key shall be.</summary>
/// <param name="Backends">Empty for all.</param>
/// <param name="Life">Null for no end.</param>
internal sealed record NewKey(string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Backends, TimeSpan? Life)
{
    /// <summary>The only surfaces that it is shown; empty for all.</summary>
    public IReadOnlyList<string> Surfaces { get; init; } = [];

    /// <summary>The only networks it may come from, in CIDR notation or as single addresses; empty for all.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Whether it only looks, whatever its roles allow.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Null for no limit of its own.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>Null for no limit of its own.</summary>
    public int? Sessions { get; init; }

    /// <summary>Null for no limit of its own.</summary>
    public int? CallsPerMinute { get; init; }

    /// <summary>Null for no limit of its own.</summary>
    public int? WritesPerMinute { get; init; }

    /// <summary>Where its own credentials lie, by backend.</summary>
    public IReadOnlyDictionary<string, string> Credentials { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is stored of it.</summary>
    public ApiKey Make(ApiKeyText text, DateTimeOffset now) => new()
    {
        Id = text.Id,
        Name = Name,
        Hash = Convert.ToHexStringLower(text.Hash),
        Roles = Roles,
        Backends = SomeOf(Backends),
        Surfaces = SomeOf(Surfaces),
        Networks = SomeOf(Networks),
        ReadOnly = ReadOnly ? true : null,
        RequestsPerSecond = RequestsPerSecond,
        Sessions = Sessions,
        CallsPerMinute = CallsPerMinute,
        WritesPerMinute = WritesPerMinute,
        Credentials = Credentials.Count == 0 ? null : Credentials,
        Created = now,
        CreatedBy = Environment.UserName,
        Expires = Life is { } life ? now + life : null,
    };

    private static IReadOnlyList<string>? SomeOf(IReadOnlyList<string> names) => names.Count == 0 ? null : names;
}
