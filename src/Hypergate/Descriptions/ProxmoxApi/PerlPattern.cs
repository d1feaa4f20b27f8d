using System.Text.RegularExpressions;

namespace Hypergate.Descriptions.ProxmoxApi;

/// <summary>The patterns of the API, which are Perl's and hold for the whole text, as a schema writes them.</summary>
internal static class PerlPattern
{
    private const int Longest = 2_000;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(100);

    /// <summary>Null where it cannot be said otherwise; the platform then checks alone.</summary>
    public static string? ToSchema(string pattern)
    {
        // Named classes mean other things elsewhere.
        if (pattern.Length > Longest || pattern.Contains("[:", StringComparison.Ordinal))
        {
            return null;
        }

        var plain = pattern
            .Replace("(?^:", "(?:", StringComparison.Ordinal)
            .Replace("(?^u:", "(?:", StringComparison.Ordinal)
            .Replace("(?^i:", "(?i:", StringComparison.Ordinal);
        var whole = $"^(?:{plain})$";
        try
        {
            _ = new Regex(whole, RegexOptions.CultureInvariant, TimeLimit);
            return whole;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
