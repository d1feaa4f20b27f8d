namespace Hypergate.Schemas;

/// <summary>Finds the known name that a wrong one was probably meant to be.</summary>
public static class NearestName
{
    private const int LongestCompared = 64;

    /// <summary>
    /// The nearest name: the same but for case and separators (<c>nameLabel</c>, <c>name_label</c>), else within a third of its
    /// letters; null where nothing is near.
    /// </summary>
    public static string? Find(string wrong, IEnumerable<string> known)
    {
        var plain = Plain(wrong);
        if (plain.Length is 0 or > LongestCompared)
        {
            return null;
        }

        string? nearest = null;
        var best = (plain.Length / 3) + 1;
        foreach (var name in known)
        {
            var candidate = Plain(name);
            if (candidate == plain)
            {
                return name;
            }

            if (candidate.Length <= LongestCompared && Math.Abs(candidate.Length - plain.Length) < best && Distance(plain, candidate) is var distance && distance < best)
            {
                (nearest, best) = (name, distance);
            }
        }

        return nearest;
    }

    private static string Plain(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    // Optimal string alignment: two swapped neighbours are one mistake.
    private static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= other.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var same = one[i - 1] == other[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[one.Length, other.Length];
    }
}
