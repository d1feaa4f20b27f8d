using System.Collections.Concurrent;
using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Host.Composition;

/// <summary>Who may do less under other settings than under those before.</summary>
internal static class LostRights
{
    /// <summary>Whether an audience has lost something; found out when it is first asked.</summary>
    public static Func<Audience, bool> Between(Gateway last, Gateway next)
    {
        var known = new ConcurrentDictionary<Audience, bool>();
        return asked => known.GetOrAdd(asked, audience => HasLost(last, next, audience));
    }

    private static bool HasLost(Gateway last, Gateway next, Audience audience)
    {
        var (before, after) = (last.Parts.Roles.Of(audience), next.Parts.Roles.Of(audience));
        return last.Backends.Any(backend => audience.Has(backend.Name) && HasLost(last, next, audience, backend.Name))
            || Words(before.Allow).Except(Words(after.Allow), StringComparer.Ordinal).Any()
            || Words(after.Deny).Except(Words(before.Deny), StringComparer.Ordinal).Any()
            || Words(after.Confirm).Except(Words(before.Confirm), StringComparer.Ordinal).Any()
            || last.Backends.Any(backend => before.SeesSecretsOf(backend.Name) && !after.SeesSecretsOf(backend.Name));
    }

    // An operation that is gone from the platform is no right that was taken away.
    private static bool HasLost(Gateway last, Gateway next, Audience audience, string backend) =>
        !next.Parts.Policies.TryGetValue(backend, out var policy)
        || (last.Parts.Catalog.Current.Find(backend)?.Operations ?? []).Any(operation =>
            last.Parts.Policies[backend].Under(audience).Shows(operation) && !policy.Under(audience).Shows(InForce(next, backend, operation)));

    private static Operation InForce(Gateway gateway, string backend, Operation operation) =>
        gateway.Parts.Catalog.Current.Find(backend, operation.Name) ?? operation;

    private static IEnumerable<string> Words(IEnumerable<Rule> rules) => rules.Select(static rule => rule.ToString());
}
