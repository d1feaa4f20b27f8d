using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hypergate.Results.Secrets;

/// <summary>
/// Replaces known secret values by <c>***</c> in any text: as they are, and in base64 (also in the middle of a longer encoded
/// text), URL-encoded and JSON-escaped form. Safe to use from several threads.
/// </summary>
/// <param name="secrets">The configured credentials; empty and short ones are ignored.</param>
/// <param name="patterns">What else is secret by its looks; without any, nothing.</param>
public sealed class SecretScrubber(IEnumerable<string?> secrets, IReadOnlyList<Regex>? patterns = null)
{
    /// <summary>Shorter values are left alone: they would blank out ordinary text.</summary>
    public const int ShortestSecret = 6;

    private const string Mark = "***";

    // Guards learning; reading takes one state and stays with it.
    private readonly Lock _lock = new();
    private State _state = new(secrets, [.. patterns ?? []]);

    /// <summary>Knows no secret.</summary>
    public static SecretScrubber None { get; } = new([]);

    /// <summary>How many secrets are known; it only grows.</summary>
    public int Count => Volatile.Read(ref _state).Secrets.Length;

    /// <summary>Takes in a secret that was opened later.</summary>
    public void Learn(string secret)
    {
        if (secret.Length < ShortestSecret || Volatile.Read(ref _state).Knows(secret))
        {
            return;
        }

        lock (_lock)
        {
            Volatile.Write(ref _state, new State([.. _state.Secrets, secret], _state.Patterns));
        }
    }

    /// <summary>Takes in all that another one knows by now, and its patterns in place of the own ones.</summary>
    public void Learn(SecretScrubber other)
    {
        var known = Volatile.Read(ref other._state);
        lock (_lock)
        {
            Volatile.Write(ref _state, new State([.. _state.Secrets, .. known.Secrets], known.Patterns));
        }
    }

    /// <summary>Whether a text of this length cannot hold any of the secrets, in any form.</summary>
    public bool IsTooShort(int length) => Volatile.Read(ref _state).IsTooShort(length);

    /// <summary>Whether any of the secrets may be in the text, in any form. Patterns are for single values, and the text may hold many: with them, it always may.</summary>
    public bool Finds(ReadOnlySpan<char> text) => Volatile.Read(ref _state) is var state && (state.Patterns.Length > 0 || state.Holds(text));

    /// <summary>The text without the secrets; the same instance where none is in it.</summary>
    public string Scrub(string text)
    {
        var state = Volatile.Read(ref _state);
        var open = state.Holds(text) ? WithoutKnown(text, state.Forms) : text;
        foreach (var pattern in state.Patterns)
        {
            open = pattern.Replace(open, Mark);
        }

        return open;
    }

    private static string WithoutKnown(string text, Forms forms)
    {
        var found = text.AsSpan().IndexOfAny(forms.Search);
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

    /// <summary>The secrets at one moment; what to search for is made when it is first needed.</summary>
    private sealed class State
    {
        private readonly Lazy<Forms> _forms;

        public State(IEnumerable<string?> known, Regex[] patterns)
        {
            Patterns = patterns;
            Secrets = [.. known.OfType<string>().Where(static secret => secret.Length >= ShortestSecret).Distinct(StringComparer.Ordinal)];
            _forms = new(() => new Forms(Secrets));
        }

        public string[] Secrets { get; }

        public Regex[] Patterns { get; }

        public Forms Forms => _forms.Value;

        public bool Knows(string secret) => Array.IndexOf(Secrets, secret) >= 0;

        public bool IsTooShort(int length) => Patterns.Length == 0 && IsTooShortForKnown(length);

        public bool Holds(ReadOnlySpan<char> text) => !IsTooShortForKnown(text.Length) && text.ContainsAny(Forms.Search);

        private bool IsTooShortForKnown(int length) => Secrets.Length == 0 || length < ShortestSecret || length < Forms.Shortest;
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
        string[] standard = [whole, whole.TrimEnd('='), Inside(secret, 0), Inside(secret, 1), Inside(secret, 2)];
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
