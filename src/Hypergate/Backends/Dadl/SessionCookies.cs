using System.Globalization;
using Hypergate.Backends.Http;

namespace Hypergate.Backends.Dadl;

/// <summary>The cookies of a session on its one server: what answers set counts by name, and what they end is gone.</summary>
/// <param name="Pairs">Names and values in the order in which they came.</param>
internal sealed record SessionCookies(IReadOnlyList<KeyValuePair<string, string>> Pairs)
{
    public static SessionCookies None { get; } = new([]);

    /// <summary>The header; null for no cookies.</summary>
    public string? Header => Pairs.Count == 0 ? null : string.Join("; ", Pairs.Select(static pair => $"{pair.Key}={pair.Value}"));

    /// <summary>The cookies after an answer; the same object where it sets none.</summary>
    /// <param name="reply">With its headers.</param>
    /// <param name="now">For those that end at a moment.</param>
    public SessionCookies After(HttpReply reply, DateTimeOffset now)
    {
        var cookies = this;
        foreach (var header in reply.Headers.Where(static header => header.Key.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase)))
        {
            var parts = header.Value.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0].Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, var value])
            {
                var others = cookies.Pairs.Where(pair => pair.Key != name);
                cookies = new([.. others, .. IsEnded(parts.Skip(1), now) ? [] : new[] { KeyValuePair.Create(name, value) }]);
            }
        }

        return cookies;
    }

    // Max-Age counts before Expires (RFC 6265).
    private static bool IsEnded(IEnumerable<string> attributes, DateTimeOffset now)
    {
        var known = attributes.Select(static attribute => attribute.Split('=', 2, StringSplitOptions.TrimEntries)).Where(static pair => pair.Length == 2).ToLookup(static pair => pair[0], static pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return long.TryParse(known["Max-Age"].LastOrDefault(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) ? seconds <= 0
            : DateTimeOffset.TryParse(known["Expires"].LastOrDefault(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment <= now;
    }
}
