using System.Globalization;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Ranges of versions: <c>&gt;=0.3, &lt;1</c>.</summary>
internal static class VersionRange
{
    private static readonly string[] Operators = [">=", "<=", ">", "<", "="];

    /// <summary>Whether the version lies in the range; null where the range makes no sense.</summary>
    public static bool? Includes(string range, string version)
    {
        var all = true;
        foreach (var part in range.Split(',', StringSplitOptions.TrimEntries))
        {
            var comparison = Array.Find(Operators, candidate => part.StartsWith(candidate, StringComparison.Ordinal));
            if (Read(part[(comparison?.Length ?? 0)..].Trim()) is not { } wanted)
            {
                return null;
            }

            var order = Compare(Read(version)!, wanted);
            all &= comparison switch { ">=" => order >= 0, "<=" => order <= 0, ">" => order > 0, "<" => order < 0, _ => order == 0 };
        }

        return all;
    }

    private static Version? Read(string text)
    {
        var plain = text.TrimStart('v').Split('+')[0];
        var dash = plain.IndexOf('-', StringComparison.Ordinal);
        var numbers = (dash < 0 ? plain : plain[..dash]).Split('.');
        var parts = new int[3];
        for (var index = 0; index < numbers.Length; index++)
        {
            if (index == parts.Length || !int.TryParse(numbers[index], NumberStyles.None, CultureInfo.InvariantCulture, out parts[index]))
            {
                return null;
            }
        }

        return new Version(parts, dash < 0 ? [] : plain[(dash + 1)..].Split('.'));
    }

    private static int Compare(Version left, Version right)
    {
        var order = left.Parts.Zip(right.Parts, static (one, two) => one.CompareTo(two)).FirstOrDefault(static order => order != 0);
        if (order != 0 || (left.Preview.Count == 0 && right.Preview.Count == 0))
        {
            return order;
        }

        // A version comes after its previews.
        if (left.Preview.Count == 0 || right.Preview.Count == 0)
        {
            return left.Preview.Count == 0 ? 1 : -1;
        }

        order = left.Preview.Zip(right.Preview, Compare).FirstOrDefault(static order => order != 0);
        return order != 0 ? order : left.Preview.Count.CompareTo(right.Preview.Count);
    }

    private static int Compare(string left, string right) =>
        (int.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var one), int.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var two)) switch
        {
            (true, true) => one.CompareTo(two),
            (true, false) => -1,
            (false, true) => 1,
            _ => string.CompareOrdinal(left, right),
        };

    private sealed record Version(IReadOnlyList<int> Parts, IReadOnlyList<string> Preview);
}
