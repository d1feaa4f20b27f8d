using System.Text;
using System.Text.Unicode;
using Hypergate.Model;

namespace Hypergate.Backends.Http;

/// <summary>Texts of platforms in UTF-8, whatever they were written in.</summary>
internal static class TextBody
{
    private const string Mark = "charset=";

    /// <summary>Whether bodies of a type are texts.</summary>
    /// <param name="type">With or without parameters; null and empty count as text.</param>
    public static bool IsText(string? type) => MediaType.Of(type ?? "") is var name
        && (name.Length == 0 || name.StartsWith("text/", StringComparison.Ordinal) || name.Contains("json", StringComparison.Ordinal) || name == "application/x-www-form-urlencoded"
            || name.EndsWith("xml", StringComparison.Ordinal) || name.EndsWith("yaml", StringComparison.Ordinal) || name.EndsWith("javascript", StringComparison.Ordinal));

    /// <summary>The same text in UTF-8 without a byte order mark, bytes that make no sense replaced; what is no text as it is.</summary>
    /// <param name="body">As it came, unpacked.</param>
    /// <param name="contentType">With its charset; null where none was sent, which counts as text.</param>
    public static ReadOnlyMemory<byte> InUtf8(ReadOnlyMemory<byte> body, string? contentType)
    {
        if (body.IsEmpty || !IsText(contentType))
        {
            return body;
        }

        var encoding = Encoded(contentType ?? "") ?? (Utf8.IsValid(body.Span) ? null : Encoding.UTF8);
        var text = encoding is null ? body : Encoding.UTF8.GetBytes(encoding.GetString(body.Span));
        return text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text;
    }

    // Null for UTF-8, of which ASCII is a part.
    private static Encoding? Encoded(string contentType)
    {
        var start = contentType.IndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        var name = start < 0 ? "" : contentType[(start + Mark.Length)..].Split(';')[0].Trim(' ', '"', '\'');
        if (name.Length == 0 || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || name.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
