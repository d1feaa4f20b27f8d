using System.Buffers;
using System.Text;

namespace Hypergate.Backends.Http;

/// <summary>A value of a query, encoded.</summary>
internal static class QueryText
{
    // Without those that end a query, part its entries, or mean a space to readers of forms.
    private const string Reserved = ":/?@!$'()*,;";

    private static readonly SearchValues<char> Readable = SearchValues.Create(Reserved);

    /// <param name="value">Of anybody.</param>
    /// <param name="allowsReserved">Whether the platform wants reserved characters as they are, as far as they mean nothing in a query.</param>
    public static string Of(string value, bool allowsReserved)
    {
        if (!allowsReserved || value.AsSpan().IndexOfAny(Readable) < 0)
        {
            return Uri.EscapeDataString(value);
        }

        var text = new StringBuilder();
        var rest = value.AsSpan();
        while (rest.IndexOfAny(Readable) is >= 0 and var at)
        {
            text.Append(Uri.EscapeDataString(rest[..at])).Append(rest[at]);
            rest = rest[(at + 1)..];
        }

        return text.Append(Uri.EscapeDataString(rest)).ToString();
    }
}
