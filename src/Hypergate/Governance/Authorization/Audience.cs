using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>Callers for whom the same operations exist. What is listed and what may be called is asked of the same audience.</summary>
/// <param name="Highest">The highest class of operations; null where there are none.</param>
/// <param name="Backends">The only backends, in order and separated by line breaks, so that equal audiences are equal; null for all.</param>
public sealed record Audience(Access? Highest, string? Backends)
{
    /// <summary>The person at this machine.</summary>
    public static Audience Local { get; } = Of(Caller.LocalUser);

    public static Audience Of(Caller caller) => new(
        Roles.Highest(caller.Roles),
        caller.Backends is { } names ? string.Join('\n', names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) : null);

    /// <summary>Whether the backend exists for it.</summary>
    public bool Has(string backend) =>
        Highest is not null && (Backends is null || Backends.Split('\n').Contains(backend, StringComparer.Ordinal));

    /// <summary>Whether a class of operations exists for it.</summary>
    public bool Reaches(Access access) => Highest is { } highest && access <= highest;
}
