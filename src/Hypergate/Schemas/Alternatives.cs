using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>anyOf and oneOf: where nothing fits, explains the alternative that comes closest.</summary>
internal static class Alternatives
{
    public static void Check(IReadOnlyList<Alternative> tried, ValuePath path, JsonElement value, bool exactlyOne, Findings findings)
    {
        var fitting = tried.Count(static alternative => alternative.Findings.List.Count == 0);
        if (fitting == 1 || (fitting > 1 && !exactlyOne))
        {
            return;
        }

        if (fitting > 1)
        {
            findings.Add(new(path, FaultKind.Choice, $"must fit exactly one of {tried.Count} forms, but fits {fitting}"));
            return;
        }

        if (tried.All(alternative => TypesWanted(alternative, path).Count > 0))
        {
            string[] types = [.. tried.SelectMany(alternative => TypesWanted(alternative, path)).Distinct(StringComparer.Ordinal)];
            findings.Add(SchemaTypeFault.Of(types, "", value, path));
            return;
        }

        findings.AddRange(Explain(tried, path));
    }

    private static IEnumerable<Finding> Explain(IReadOnlyList<Alternative> tried, ValuePath path)
    {
        Alternative[] possible = [.. tried.Where(alternative => TypesWanted(alternative, path).Count == 0)];
        var closest = possible.MinBy(alternative => alternative.Distance(path))!;
        return possible.Length == 1
            ? closest.Findings.List
            : closest.Findings.List.Select(finding => finding with { Hint = $"{finding.Hint} (in the closest of {possible.Length} forms)" });
    }

    private static IReadOnlyList<string> TypesWanted(Alternative alternative, ValuePath path) =>
        alternative.Findings.List.FirstOrDefault(finding => ReferenceEquals(finding.Path, path) && finding.Types.Count > 0)?.Types ?? [];
}
