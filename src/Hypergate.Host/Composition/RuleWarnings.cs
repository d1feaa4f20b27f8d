using Hypergate.Backends;
using Hypergate.Catalog;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Host.Composition;

/// <summary>Names in roles, gates, consent and the audit that fit nothing on any platform: such a rule allows nothing or, worse, protects nothing.</summary>
internal static class RuleWarnings
{
    /// <summary>One line for each; none for a rule of a platform whose operations are not known, for then it is too early to say.</summary>
    public static IEnumerable<string> Of(GatewaySettings settings, CatalogSnapshot catalog) =>
        Rules(settings).SelectMany(entry => OperationsOf(entry.Rule, settings, catalog) is { } operations ? Of(entry.Place, entry.Rule, operations) : []);

    /// <summary>Whether there is any name to look for.</summary>
    public static bool IsAsked(GatewaySettings settings) => Rules(settings).Any(static entry => entry.Rule is { Operations.Count: > 0 } or { Resources.Count: > 0 });

    private static IEnumerable<(string Place, RuleSettings Rule)> Rules(GatewaySettings settings) =>
    [
        .. settings.Roles.SelectMany(static role => new[] { ("allow", role.Value.Allow), ("deny", role.Value.Deny), ("confirm", role.Value.Confirm) }
            .SelectMany(list => list.Item2.Select((rule, index) => ($"roles.{role.Key}.{list.Item1}[{index}]", rule)))),
        .. settings.Gates.Where(static gate => gate.Enabled).Select(static (gate, index) => ($"gates[{index}].when", gate.When)),
        .. settings.Policy.Confirmation.Unconfirmed is { Count: > 0 } free
            ? [("policy.confirmation.unconfirmed", new RuleSettings { Operations = free })]
            : Array.Empty<(string, RuleSettings)>(),
        .. settings.Audit.Results.Operations is { Count: > 0 } recorded
            ? [("audit.results.operations", new RuleSettings { Operations = recorded })]
            : Array.Empty<(string, RuleSettings)>(),
    ];

    // Null where not all of them are known.
    private static List<Operation>? OperationsOf(RuleSettings rule, GatewaySettings settings, CatalogSnapshot catalog)
    {
        var asked = new Rule("", rule, forbids: true);
        var catalogs = settings.Backends.Where(backend => asked.FitsBackend(backend.Name, backend.Kind)).Select(backend => catalog.Find(backend.Name)).ToList();
        return catalogs.TrueForAll(static known => known is not null) ? [.. catalogs.SelectMany(static known => known!.Operations)] : null;
    }

    private static IEnumerable<string> Of(string place, RuleSettings rule, List<Operation> operations) =>
    [
        .. (rule.Operations ?? []).Where(pattern => !operations.Exists(operation => OperationPattern.MatchesAnyName(pattern, operation)))
            .Select(pattern => $"{place} names '{pattern}', which fits no operation{Near(pattern, operations.Select(static operation => operation.Name))}"),
        .. (rule.Resources ?? []).Where(pattern => !operations.Exists(operation => Rule.FitsFamily(pattern, operation.Domain)))
            .Select(pattern => $"{place} names '{pattern}', which fits no family of resources{Near(pattern, operations.Select(static operation => operation.Domain))}"),
    ];

    private static string Near(string wrong, IEnumerable<string> known) => NearestName.Find(wrong, known.Distinct(StringComparer.Ordinal)) is { } near ? $"; did you mean '{near}'?" : ".";
}
