using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Governance.Authorization;

/// <summary>Which operations of one backend exist for callers. Listing and calling ask the same policy.</summary>
public sealed class OperationPolicy(OperationRights rights)
{
    /// <summary>Whether the operation may be listed and run. What is not visible answers like what does not exist.</summary>
    public bool Shows(Operation operation)
    {
        if (!(operation.Access <= rights.Highest) || operation.Rules is { IsOffered: false })
        {
            return false;
        }

        if (rights.Deny.Any(pattern => OperationPattern.MatchesAnyName(pattern, operation)) || (!rights.Actions && operation.Changes))
        {
            return false;
        }

        if (NeedsNaming(operation))
        {
            return rights.Allow?.Any(pattern => OperationPattern.IsExact(pattern) && OperationPattern.Matches(pattern, operation)) == true;
        }

        return (rights.Deprecated || !operation.Deprecated)
            && (rights.Allow is not { } allow || allow.Any(pattern => OperationPattern.Matches(pattern, operation)));
    }

    /// <summary>The same policy for callers who may not go as far.</summary>
    public OperationPolicy Under(Audience audience) =>
        rights.Highest is null || audience.Highest >= rights.Highest ? this : new(rights with { Highest = audience.Highest });

    /// <summary>Whether anything that changes something can exist.</summary>
    public bool MayChange => rights.Actions && rights.Highest > Access.Read;

    /// <summary>The highest class of operations that can exist; null for none.</summary>
    public Access? Highest => rights.Highest is null ? null : MayChange ? rights.Highest : Access.Read;

    /// <summary>Entries that hit nothing, with the nearest name; and plain names that hit more than one operation.</summary>
    public IEnumerable<string> Warnings(IReadOnlyCollection<Operation> operations) => rights.Deny
        .Select(pattern => Warning("deny", pattern, [.. operations.Where(operation => OperationPattern.MatchesAnyName(pattern, operation))], operations))
        .Concat((rights.Allow ?? []).Select(pattern =>
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
    /// <summary>The highest class that exists; null for none.</summary>
    public Access? Highest { get; init; } = Access.Dangerous;
}
