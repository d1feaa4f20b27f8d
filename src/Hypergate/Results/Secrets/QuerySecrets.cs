using System.Buffers;
using System.Text;

namespace Hypergate.Results.Secrets;

/// <summary>Hides values in the queries of addresses that are secrets by their name: <c>?encryptionKey=***</c>.</summary>
internal static class QuerySecrets
{
    private static readonly SearchValues<char> Starts = SearchValues.Create("?&");
    private static readonly SearchValues<char> NameEnds = SearchValues.Create("=&?# \t\r\n/<>");
    private static readonly SearchValues<char> ValueEnds = SearchValues.Create("&# \t\r\n<>");
    private static readonly SecretNames Names = new([.. SecretNames.Common, "key", "signature", "sig", "sas"]);

    /// <summary>The same instance where there are none.</summary>
    public static string Hide(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal) || !text.Contains('=', StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder? hidden = null;
        var copied = 0;
        for (var at = Next(text, 0); at >= 0; at = Next(text, at + 1))
        {
            var rest = text.AsSpan(at + 1);
            var name = rest.IndexOfAny(NameEnds);
            if (name <= 0 || rest[name] != '=' || !Names.Contain(rest[..name]))
            {
                continue;
            }

            var value = at + name + 2;
            var length = text.AsSpan(value).IndexOfAny(ValueEnds);
            (hidden ??= new StringBuilder(text.Length)).Append(text, copied, value - copied).Append("***");
            copied = length < 0 ? text.Length : value + length;
            at = copied - 1;
        }

        return hidden is null ? text : hidden.Append(text, copied, text.Length - copied).ToString();
    }

    private static int Next(string text, int start)
    {
        var found = start >= text.Length ? -1 : text.AsSpan(start).IndexOfAny(Starts);
        return found < 0 ? -1 : start + found;
    }
}
