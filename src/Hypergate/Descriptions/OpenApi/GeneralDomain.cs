namespace Hypergate.Descriptions.OpenApi;

/// <summary>The resource family of an operation of any API: its first tag, else the first part of its path that names a thing.</summary>
internal static class GeneralDomain
{
    private const int Longest = 32;

    public static string Of(IReadOnlyList<string> tags, PathTemplate path)
    {
        var name = tags.Count > 0 ? tags[0] : path.Segments.FirstOrDefault(static segment => IsThing(segment)) ?? "";
        var plain = string.Join('_', Words.Split(name));
        return plain.Length == 0 ? "root" : plain[..Math.Min(plain.Length, Longest)].TrimEnd('_');
    }

    // Neither a placeholder nor what every path of the API begins with: /api/v2/…
    private static bool IsThing(string segment) =>
        !segment.Contains('{', StringComparison.Ordinal) && segment is not ("api" or "rest" or "") && !IsVersion(segment);

    private static bool IsVersion(string segment) => segment is ['v' or 'V', .. var number] && number.Length > 0 && number.All(static c => char.IsAsciiDigit(c) || c == '.');
}
