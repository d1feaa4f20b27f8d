using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Governance.Authorization;

/// <summary>Which operations of one backend exist for callers. Listing and calling ask the same policy.</summary>
public sealed class OperationPolicy(OperationRights rights)
{
    private readonly OperationPattern[] _deny = [.. rights.Deny.Select(static entry => new OperationPattern(entry))];
    private readonly OperationPattern[] _allow = [.. rights.Allow.Select(static entry => new OperationPattern(entry))];

    /// <summary>Whether the operation may be listed and run. What is not visible answers like what does not exist.</summary>
    public bool Shows(Operation operation)
    {
        if (Array.Exists(_deny, pattern => pattern.Denies(operation)) || (!rights.Actions && operation.Changes))
        {
            return false;
        }

        if (NeedsNaming(operation))
        {
            return Array.Exists(_allow, pattern => pattern.IsExact && pattern.Allows(operation));
        }

        return (rights.Deprecated || !operation.Deprecated)
            && (_allow.Length == 0 || Array.Exists(_allow, pattern => pattern.Allows(operation)));
    }

    /// <summary>Entries that hit nothing, with the nearest name; and plain names that hit more than one operation.</summary>
    public IEnumerable<string> Warnings(IReadOnlyCollection<Operation> operations)
    {
        foreach (var (list, patterns) in new[] { ("deny", _deny), ("allow", _allow) })
        {
            foreach (var pattern in patterns)
            {
                if (Warning(list, pattern, operations) is { } warning)
                {
                    yield return warning;
                }
            }
        }
    }

    // Statistics are marked "deny" for their size, which the gateway bounds.
    private static bool NeedsNaming(Operation operation) =>
        operation is { Exposure: Exposure.Deny, Result: not ResultShape.Statistics };

    private static string? Warning(string list, OperationPattern pattern, IReadOnlyCollection<Operation> operations)
    {
        var hits = operations.Where(list == "deny" ? pattern.Denies : pattern.Allows).ToList();
        if (hits.Count == 0)
        {
            var nearest = NearestName.Find(pattern.Text, operations.Select(static operation => operation.Name));
            return $"The {list} list names '{pattern.Text}', which fits no operation"
                + (nearest is null ? "." : $"; did you mean '{nearest}'?");
        }

        return pattern.IsExact && hits.Count > 1
            ? $"'{pattern.Text}' in the {list} list hits {string.Join(", ", hits.Select(static hit => hit.Name))}."
            : null;
    }
}

/// <summary>What the settings say about one backend's operations.</summary>
/// <param name="Actions">False: read only, whatever the lists say.</param>
/// <param name="Deny">Wins over everything.</param>
/// <param name="Allow">Where it is not empty, nothing else exists. The only way to an operation that the platform marks <c>deny</c>.</param>
/// <param name="Deprecated">Whether operations that the platform means to remove are shown.</param>
public sealed record OperationRights(bool Actions, IReadOnlyList<string> Deny, IReadOnlyList<string> Allow, bool Deprecated = false);
