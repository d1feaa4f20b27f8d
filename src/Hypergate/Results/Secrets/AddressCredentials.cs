using System.Buffers;
using System.Text;

namespace Hypergate.Results.Secrets;

/// <summary>Hides user names and passwords in addresses: <c>s3://key:secret@host</c> becomes <c>s3://***@host</c>.</summary>
internal static class AddressCredentials
{
    private const string SchemeEnd = "://";
    private static readonly SearchValues<char> AuthorityEnds = SearchValues.Create("/?# \t\r\n\"'<>");

    /// <summary>In any text, wherever an address by its grammar has user info. The same instance where none has.</summary>
    public static string Hide(string text)
    {
        var scheme = text.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (scheme < 0)
        {
            return text;
        }

        var hidden = new StringBuilder();
        var copied = 0;
        while (scheme >= 0)
        {
            var start = scheme + SchemeEnd.Length;
            var authority = text.AsSpan(start);
            var end = authority.IndexOfAny(AuthorityEnds);
            var at = (end < 0 ? authority : authority[..end]).LastIndexOf('@');
            if (at > 0)
            {
                hidden.Append(text, copied, start - copied).Append("***");
                copied = start + at;
            }

            scheme = text.IndexOf(SchemeEnd, start, StringComparison.Ordinal);
        }

        return copied == 0 ? text : hidden.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>
    /// In a value that is one address. Storage addresses carry passwords unencoded (<c>smb://user:pa/ss@host</c>), so there
    /// everything up to the last at sign is user info.
    /// </summary>
    public static string HideInAddress(string address)
    {
        var scheme = address.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (scheme < 0 || address.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            return Hide(address);
        }

        var start = scheme + SchemeEnd.Length;
        var at = address.LastIndexOf('@');
        return at > start ? string.Concat(address.AsSpan(0, start), "***", address.AsSpan(at)) : address;
    }
}
