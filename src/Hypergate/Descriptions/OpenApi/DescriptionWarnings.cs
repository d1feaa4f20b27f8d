using Hypergate.Model;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>What an operator should know about a document as a whole.</summary>
internal static class DescriptionWarnings
{
    private const int Most = 50;

    public static void Add(ReadingContext context, PathsReader paths, List<Operation> operations)
    {
        if (paths.Skipped > 0)
        {
            context.Warnings.Insert(0,
                $"The description has too many operations, or too large ones; {paths.Skipped} were left out.");
        }

        if (operations.Count == 0)
        {
            context.Warnings.Insert(0, "The description offers no operation that can be used.");
        }
        else if (context.Rules.ExposureProperty is { } property
            && operations.TrueForAll(static operation => operation.Exposure == Exposure.Unmarked))
        {
            context.Warnings.Insert(0,
                $"The description carries no {property} marks; Hypergate's own access classes decide what is confirmed.");
        }

        AddDuplicates(context.Warnings, operations);
        if (context.Warnings.Count > Most)
        {
            var more = context.Warnings.Count - Most;
            context.Warnings.RemoveRange(Most, more);
            context.Warnings.Add($"… and {more} more.");
        }
    }

    private static void AddDuplicates(List<string> warnings, List<Operation> operations)
    {
        var shared = operations.GroupBy(static operation => operation.DeclaredName, StringComparer.Ordinal)
            .Where(static group => group.Skip(1).Any());
        foreach (var group in shared)
        {
            var names = string.Join(", ", group.Take(5).Select(static operation => operation.Name));
            warnings.Add($"The description uses the name {group.Key} for {group.Count()} operations: {names}. "
                + "A deny list that names it means all of them.");
        }
    }
}
