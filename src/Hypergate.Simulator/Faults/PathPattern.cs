using System.Text.RegularExpressions;

namespace Hypergate.Simulator.Faults;

/// <summary>A path with <c>*</c> within a segment and <c>**</c> across segments.</summary>
internal sealed class PathPattern(string pattern)
{
    private readonly Regex _regex = new(
        "^" + Regex.Escape(pattern).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    public bool Fits(string path) => _regex.IsMatch(path);
}
