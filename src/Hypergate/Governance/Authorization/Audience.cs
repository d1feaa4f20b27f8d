using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>Callers for whom the same operations exist. What is listed and what may be called is asked of the same audience.</summary>
/// <param name="RoleNames">Its roles, in order and separated by line breaks, so that equal audiences are equal.</param>
/// <param name="Backends">The only backends, in the same way; null for all.</param>
public sealed record Audience(string RoleNames, string? Backends)
{
    /// <summary>Whether it only looks, whatever its roles allow.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>The only surfaces that its credential and its way in show, in the same way; null for all that its roles see.</summary>
    public string? Surfaces { get; init; }

    /// <summary>The highest class that its built-in roles reach; null where it has none of them.</summary>
    public Access? Highest => Ceiling(Roles.Highest(RoleNames.Split('\n')));

    public static Audience Of(Caller caller) => new(Joined(caller.Roles), caller.Backends is { } names ? Joined(names) : null)
    {
        IsReadOnly = caller.IsReadOnly,
        Surfaces = caller.Surfaces is { } surfaces ? Joined(surfaces) : null,
    };

    /// <summary>The class that is left of one where callers only look.</summary>
    public Access? Ceiling(Access? access) => IsReadOnly && access > Access.Read ? Access.Read : access;

    /// <summary>Whether nothing but its roles keeps the backend from it.</summary>
    public bool Has(string backend) =>
        RoleNames.Length > 0 && (Backends is null || Backends.Split('\n').Contains(backend, StringComparer.Ordinal));

    /// <summary>Whether its built-in roles reach a class.</summary>
    public bool Reaches(Access access) => Highest is { } highest && access <= highest;

    /// <summary>The same operations, shown by these surfaces alone, as far as it is shown them.</summary>
    public Audience On(IReadOnlyCollection<string> surfaces) => this with { Surfaces = Joined(Surfaces is { } own ? [.. surfaces.Intersect(own.Split('\n'), StringComparer.Ordinal)] : surfaces) };

    private static string Joined(IReadOnlyCollection<string> names) => names.Count == 1 ? names.First() : string.Join('\n', names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
