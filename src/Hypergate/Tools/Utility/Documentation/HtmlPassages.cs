using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Hypergate.Tools.Utility.Documentation;

/// <summary>Cuts the readable part of a web page into passages at its headings. Scripts, styles and navigation are left out.</summary>
internal static partial class HtmlPassages
{
    private const int LongestPage = 4_000_000;

    public static IReadOnlyList<Passage> Read(string html)
    {
        if (html.Length > LongestPage)
        {
            html = html[..LongestPage];
        }

        var passages = new List<Passage>();
        var heading = "";
        var start = 0;
        var body = Unwanted().Replace(Main(html), " ");
        foreach (var match in Heading().EnumerateMatches(body))
        {
            Add(passages, heading, body[start..match.Index]);
            heading = Text(body.Substring(match.Index, match.Length)).ReplaceLineEndings(" ").Trim('#', ' ', '\u200B');
            start = match.Index + match.Length;
        }

        Add(passages, heading, body[start..]);
        return passages;
    }

    private static void Add(List<Passage> passages, string heading, string html)
    {
        var text = Text(html);
        if (text.Length > 0)
        {
            passages.Add(new Passage(heading, text));
        }
    }

    // The article is what a person came for; without one the whole page has to do.
    private static string Main(string html)
    {
        foreach (var tag in (string[])["article", "main", "body"])
        {
            var start = html.IndexOf($"<{tag}", StringComparison.OrdinalIgnoreCase);
            var end = html.LastIndexOf($"</{tag}>", StringComparison.OrdinalIgnoreCase);
            if (start >= 0 && end > start)
            {
                return html[start..end];
            }
        }

        return html;
    }

    private static string Text(string html)
    {
        var broken = Break().Replace(html, "\n");
        var bare = WebUtility.HtmlDecode(Tag().Replace(broken, ""));
        var text = new StringBuilder(bare.Length);
        foreach (var line in bare.AsSpan().EnumerateLines())
        {
            var trimmed = line.Trim();
            if (!trimmed.IsEmpty)
            {
                text.Append(text.Length == 0 ? "" : "\n").Append(trimmed);
            }
        }

        return text.ToString();
    }

    [GeneratedRegex("<(?<tag>script|style|nav|svg|header|footer|noscript|button)\\b[^>]*>.*?</\\k<tag>>|<!--.*?-->", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unwanted();

    [GeneratedRegex("<h[1-4]\\b[^>]*>.*?</h[1-4]>", RegexOptions.IgnoreCase | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("<(?:br|p|li|tr|div|pre|/p|/li|/tr|/div|/pre)\\b[^>]*>", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Break();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();
}
