using System.Text.RegularExpressions;

namespace Hypergate.Descriptions.ProxmoxApi;

/// <summary>Families of parameters that differ by a number: <c>net[n]</c> stands for <c>net0</c>, <c>net1</c> …</summary>
internal static class NumberedName
{
    private const string Mark = "[n]";

    public static bool Is(string name) => name.EndsWith(Mark, StringComparison.Ordinal);

    /// <summary>The names as a regular expression: <c>^net\d+$</c>.</summary>
    public static string Pattern(string name) => $"^{Regex.Escape(name[..^Mark.Length])}\\d{{1,3}}$";
}
