using System.Text.RegularExpressions;

namespace Hypergate.Backends.XenOrchestra;

/// <summary>Filters that Xen Orchestra accepts and that can never match; it says nothing about them.</summary>
internal static partial class FilterTraps
{
    public static IEnumerable<string> Warnings(string filter)
    {
        foreach (Match dotted in DottedName().Matches(filter))
        {
            var name = dotted.Groups["name"].Value;
            yield return $"'{name}:' looks for a property named '{name}', which never exists; a property inside another is written '{name.Replace('.', ':')}:'.";
        }

        foreach (Match boolean in BooleanValue().Matches(filter))
        {
            var name = boolean.Groups["name"].Value;
            var right = boolean.Groups["value"].Value == "true" ? $"{name}?" : $"!{name}?";
            yield return $"'{boolean.Value.Trim()}' never matches a boolean; write '{right}'.";
        }
    }

    [GeneratedRegex(@"(?<![\w.""])(?<name>[\w$-]+(\.[\w$-]+)+):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex DottedName();

    [GeneratedRegex(@"(?<![\w.""])(?<name>[\w$-]+):(?<value>true|false)(?![\w-])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex BooleanValue();
}
