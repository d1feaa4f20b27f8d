using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hypergate.Results.Secrets;

/// <summary>
/// Replaces known secret values by <c>***</c> in any text: as they are, and in base64 (also in the middle of a longer encoded
/// text), URL-encoded and JSON-escaped form. Safe to use from several threads.
/// </summary>
public sealed class SecretScrubber
{
    /// <summary>Shorter values are left alone: they would blank out ordinary text.</summary>
    public const int ShortestSecret = 6;

    private const string Mark = "***";
    private readonly string[] _secrets;
    private readonly Lazy<Forms> _forms;

    /// <param name="secrets">The configured credentials; empty and short ones are ignored.</param>
    public SecretScrubber(IEnumerable<string?> secrets)
    {
        _secrets = [.. secrets.OfType<string>().Where(static secret => secret.Length >= ShortestSecret).Distinct(StringComparer.Ordinal)];
        _forms = new(() => new Forms(_secrets));
    }

    /// <summary>Knows no secret.</summary>
    public static SecretScrubber None { get; } = new([]);

    /// <summary>Whether a text of this length cannot hold any of the secrets, in any form.</summary>
    public bool IsTooShort(int length) => _secrets.Length == 0 || length < ShortestSecret || length < _forms.Value.Shortest;

    /// <summary>Whether any of the secrets is in the text, in any form.</summary>
    public bool Finds(ReadOnlySpan<char> text) => !IsTooShort(text.Length) && text.ContainsAny(_forms.Value.Search);

    /// <summary>The text without the secrets; the same instance where none is in it.</summary>
    public string Scrub(string text)
    {
        if (IsTooShort(text.Length))
        {
            return text;
        }

        var forms = _forms.Value;
        var found = text.AsSpan().IndexOfAny(forms.Search);
        if (found < 0)
        {
            return text;
        }

        var scrubbed = new StringBuilder(text.Length);
        var at = 0;
        while (found >= 0)
        {
            scrubbed.Append(text, at, found).Append(Mark);
            at += found + forms.LengthAt(text.AsSpan(at + found));
            found = text.AsSpan(at).IndexOfAny(forms.Search);
        }

        return scrubbed.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Every way a secret can be written, the longest first, so that no padding stays behind.</summary>
    private sealed class Forms
    {
        private readonly string[] _longestFirst;

        public Forms(IEnumerable<string> secrets)
        {
            _longestFirst = [.. secrets.SelectMany(FormsOf)
                .Where(static form => form.Length >= ShortestSecret)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(static form => form.Length)];
            Search = SearchValues.Create(_longestFirst, StringComparison.Ordinal);
            Shortest = _longestFirst[^1].Length;
        }

        public int Shortest { get; }

        public SearchValues<string> Search { get; }

        public int LengthAt(ReadOnlySpan<char> text)
        {
            foreach (var form in _longestFirst)
            {
                if (text.StartsWith(form, StringComparison.Ordinal))
                {
                    return form.Length;
                }
            }

            return 1;
        }
    }

    private static IEnumerable<string> FormsOf(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        var percent = Uri.EscapeDataString(secret);
        var form = UrlEncoder.Default.Encode(secret);
        return
        [
            secret,
            percent, LowerHex(percent), percent.Replace("%20", "+", StringComparison.Ordinal), form, LowerHex(form),
            JsonEncodedText.Encode(secret).Value, JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
            .. Base64Forms(bytes),
        ];
    }

    private static IEnumerable<string> Base64Forms(byte[] secret)
    {
        var whole = Convert.ToBase64String(secret);
        string[] standard = [whole, whole.TrimEnd('='), .. Enumerable.Range(0, 3).Select(offset => Inside(secret, offset))];
        return standard.Concat(standard.Select(static text => text.Replace('+', '-').Replace('/', '_')));
    }

    /// <summary>The characters that stand for the secret alone where it begins at a byte offset of a longer encoded text.</summary>
    private static string Inside(byte[] secret, int offset)
    {
        byte[] shifted = [.. new byte[offset], .. secret];
        var encoded = Base64Url.EncodeToString(shifted).Replace('-', '+').Replace('_', '/');
        var first = (offset * 8 + 5) / 6;
        var last = shifted.Length * 8 / 6;
        return encoded[first..last];
    }

    private static string LowerHex(string encoded)
    {
        var lower = new StringBuilder(encoded);
        for (var at = 0; at + 2 < lower.Length; at++)
        {
            if (lower[at] == '%')
            {
                lower[at + 1] = char.ToLowerInvariant(lower[at + 1]);
                lower[at + 2] = char.ToLowerInvariant(lower[at + 2]);
            }
        }

        return lower.ToString();
    }
}
