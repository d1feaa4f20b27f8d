namespace Hypergate.Schemas;

/// <summary>Guesses which known name a wrong one was meant to be.</summary>
public static class NearestName
{
    /// <summary>Nobody mistypes more; the work grows with the square of the length.</summary>
    private const int LongestName = 100;

    /// <summary>Shorter words are part of too many names to be a hint.</summary>
    private const int ShortestPart = 4;

    /// <summary>
    /// The known name nearest to the wrong one, or null where none is near. Case, <c>_</c>, <c>-</c>, <c>.</c> and blanks do not
    /// count: <c>nameLabel</c> is <c>name_label</c>. One wrong, missing, added or swapped character in three is near; so is a
    /// name that begins or ends with the wrong one. Of names equally near the first wins.
    /// </summary>
    public static string? Find(string wrong, IEnumerable<string> known)
    {
        var wanted = Plain(wrong);
        if (wanted.Length is 0 or > LongestName)
        {
            return null;
        }

        string? nearest = null, longer = null;
        var least = int.MaxValue;
        foreach (var name in known)
        {
            var candidate = Plain(name);
            var allowed = Math.Max(wanted.Length, candidate.Length) / 3;
            if (Math.Abs(wanted.Length - candidate.Length) <= allowed && Distance(wanted, candidate) is var distance
                && distance <= allowed && distance < least)
            {
                (nearest, least) = (name, distance);
            }
            else if (IsPart(wanted, candidate) && (longer is null || name.Length < longer.Length))
            {
                longer = name;
            }
        }

        return nearest ?? longer;
    }

    private static bool IsPart(string wanted, string candidate) =>
        wanted.Length >= ShortestPart
        && (candidate.StartsWith(wanted, StringComparison.Ordinal) || candidate.EndsWith(wanted, StringComparison.Ordinal));

    private static string Plain(string name) =>
        string.Create(name.Count(static c => !IsSeparator(c)), name, static (target, source) =>
        {
            var at = 0;
            foreach (var character in source)
            {
                if (!IsSeparator(character))
                {
                    target[at++] = char.ToLowerInvariant(character);
                }
            }
        });

    private static bool IsSeparator(char character) => character is '_' or '-' or '.' or ' ';

    /// <summary>Edit distance in which two neighbours that changed places count once (optimal string alignment).</summary>
    private static int Distance(string one, string other)
    {
        var beforeLast = new int[other.Length + 1];
        var last = Enumerable.Range(0, other.Length + 1).ToArray();
        var current = new int[other.Length + 1];
        for (var i = 1; i <= one.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[other.Length];
    }
}
