using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Governance.Authorization;

/// <summary>Which operations of one backend exist for callers. Listing and calling ask the same policy.</summary>
public sealed class OperationPolicy
{
    private static readonly object Yes = new();
    private static readonly object No = new();

    private readonly OperationRights _rights;
    private readonly PolicyPlace _place;
    private readonly Audience? _audience;
    private readonly Access? _reach;
    private readonly ConcurrentDictionary<(string Roles, bool IsReadOnly), OperationPolicy> _under = new();

    // Asked at each call, and the same as long as there is the operation.
    private readonly ConditionalWeakTable<Operation, object> _shown = [];

    public OperationPolicy(OperationRights rights)
        : this(rights, PolicyPlace.None, null)
    {
    }

    /// <param name="rights">What the settings of the backend say.</param>
    /// <param name="place">Which backend it is, and the roles that there are.</param>
    /// <param name="audience">For whom; null for nobody in particular.</param>
    internal OperationPolicy(OperationRights rights, PolicyPlace place, Audience? audience)
    {
        (_rights, _place, _audience) = (rights, place, audience);
        _reach = audience is null ? Access.Dangerous : place.Book.IsPlain ? audience.Highest : audience.Ceiling(place.Book.Of(audience).Highest(place.Backend, place.Kind));
    }

    /// <summary>Whether the operation may be listed and run. What is not visible answers like what does not exist.</summary>
    public bool Shows(Operation operation) =>
        ReferenceEquals(_shown.GetValue(operation, asked => asked.Access <= _reach && !(IsReadOnly && asked.Changes) && IsForRoles(asked) && Offers(asked) ? Yes : No), Yes);

    /// <summary>Whether the settings of the backend offer it to anybody.</summary>
    internal bool Offers(Operation operation)
    {
        if (operation.Rules is { IsOffered: false } || _rights.Deny.Any(pattern => OperationPattern.MatchesAnyName(pattern, operation)) || (!_rights.Actions && operation.Changes))
        {
            return false;
        }

        if (NeedsNaming(operation))
        {
            return _rights.Allow?.Any(pattern => OperationPattern.IsExact(pattern) && OperationPattern.Matches(pattern, operation)) == true;
        }

        return (_rights.Deprecated || !operation.Deprecated)
            && (_rights.Allow is not { } allow || allow.Any(pattern => OperationPattern.Matches(pattern, operation)));
    }

    /// <summary>The same policy for callers who may not go as far.</summary>
    public OperationPolicy Under(Audience audience) => _under.GetOrAdd(
        (audience.RoleNames, audience.IsReadOnly),
        static (_, entry) => new(entry.Policy._rights, entry.Policy._place, entry.Audience),
        (Policy: this, Audience: audience));

    /// <summary>Whether its callers only look, whatever roles allow.</summary>
    internal bool IsReadOnly => _audience is { IsReadOnly: true };

    /// <summary>Whether anything that changes something can exist.</summary>
    public bool MayChange => _rights.Actions && _reach > Access.Read;

    /// <summary>The highest class of operations that can exist; null for none.</summary>
    public Access? Highest => _reach is null ? null : MayChange ? _reach : Access.Read;

    internal PolicyPlace Place => _place;

    /// <summary>Whether the settings of the backend take away operations by name.</summary>
    internal bool HidesByName => _rights.Deny.Count > 0 || _rights.Allow is not null;

    /// <summary>The rules of its audience's roles; null where the built-in roles say it all.</summary>
    internal RoleRights? Rights => _audience is { } audience && !_place.Book.IsPlain ? _place.Book.Of(audience) : null;

    // Built-in roles are told by the class alone.
    private bool IsForRoles(Operation operation) => _audience is not { } audience || _place.Book.IsPlain
        || _place.Book.Of(audience).DecideShowing(_place.SubjectOf(operation)).Verdict != Verdict.Deny;

    /// <summary>Entries that hit nothing, with the nearest name; and plain names that hit more than one operation.</summary>
    public IEnumerable<string> Warnings(IReadOnlyCollection<Operation> operations) => _rights.Deny
        .Select(pattern => Warning("deny", pattern, [.. operations.Where(operation => OperationPattern.MatchesAnyName(pattern, operation))], operations))
        .Concat((_rights.Allow ?? []).Select(pattern =>
            Warning("allow", pattern, [.. operations.Where(operation => OperationPattern.Matches(pattern, operation))], operations)))
        .OfType<string>();

    // Statistics are marked "deny" for their size, which the gateway bounds.
    private static bool NeedsNaming(Operation operation) =>
        operation is { Exposure: Exposure.Deny, Result: not ResultShape.Statistics };

    private static string? Warning(string list, string pattern, List<Operation> hits, IReadOnlyCollection<Operation> operations)
    {
        if (hits.Count == 0)
        {
            var nearest = NearestName.Find(pattern, operations.Select(static operation => operation.Name));
            return $"The {list} list names '{pattern}', which fits no operation" + (nearest is null ? "." : $"; did you mean '{nearest}'?");
        }

        return OperationPattern.IsExact(pattern) && hits.Count > 1
            ? $"'{pattern}' in the {list} list hits {string.Join(", ", hits.Select(static hit => hit.Name))}."
            : null;
    }
}

/// <summary>What the settings say about one backend's operations.</summary>
/// <param name="Actions">False: read only, whatever the lists say.</param>
/// <param name="Deny">Wins over everything.</param>
/// <param name="Allow">Where it is given, nothing else exists; an empty list allows nothing. The only way to an operation that the platform marks <c>deny</c>.</param>
/// <param name="Deprecated">Whether operations that the platform means to remove are shown.</param>
public sealed record OperationRights(bool Actions, IReadOnlyList<string> Deny, IReadOnlyList<string>? Allow, bool Deprecated = false)
{
    /// <summary>What the settings of a backend offer of its kind.</summary>
    public static OperationRights Of(BackendSettings settings) =>
        new(settings.Actions, settings.Deny, settings.Allow, settings.Deprecated || BackendKinds.Find(settings.Kind)?.OffersDeprecated == true);
}

/// <summary>The backend that a policy is for, and the roles that there are.</summary>
internal sealed record PolicyPlace(string Backend, string Kind, RoleBook Book)
{
    /// <summary>No backend in particular, under the built-in roles.</summary>
    public static PolicyPlace None { get; } = new("", "", RoleBook.Plain);

    /// <summary>Whether a call of an operation can be about objects that rights know.</summary>
    public Func<Operation, bool> HasObjects { get; init; } = static _ => false;

    public RuleSubject Subject(Operation operation, Access access, Func<string, Known> find) => new(Backend, Kind, operation, access, find);

    /// <summary>The same where nothing but the operation is known.</summary>
    public RuleSubject SubjectOf(Operation operation) => Subject(operation, operation.Access, static _ => Known.Unknown) with { HasNoObject = !HasObjects(operation) };
}
