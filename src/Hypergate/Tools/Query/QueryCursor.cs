using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hypergate.Tools.Query;

/// <summary>Where the next page of a query begins, bound to the query and its caller.</summary>
internal static class QueryCursor
{
    private const int FingerprintLength = 8;

    public static string Encode(string query, int offset) =>
        Fingerprint(query) + Math.Max(0, offset).ToString("x", CultureInfo.InvariantCulture);

    /// <returns>The offset; null for a cursor of another query, and for anything else.</returns>
    public static int? Decode(string query, string cursor) =>
        cursor.Length > FingerprintLength && cursor.StartsWith(Fingerprint(query), StringComparison.Ordinal)
        && int.TryParse(cursor.AsSpan(FingerprintLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var offset) && offset >= 0
            ? offset
            : null;

    private static string Fingerprint(string query) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(query)))[..FingerprintLength];
}
