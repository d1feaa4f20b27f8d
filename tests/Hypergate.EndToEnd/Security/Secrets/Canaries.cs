using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hypergate.EndToEnd.Security.Secrets;

/// <summary>Ten secrets, each of its own kind, and the forms in which a secret can slip out.</summary>
internal sealed class Canaries
{
    /// <summary>What each secret is called in the suite.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "token", "refused token", "password", "proxy password", "confirm token", "new user's password", "server's password",
        "repository's password", "issued token", "token in a file",
    ];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal)
    {
        ["refused token"] = "wr0ng-T0ken+/%7E-of-the-suite",
        ["password"] = "Pa55\"w%r<d+/ü of bob",
        ["proxy password"] = "pr0xy-S3cret%21x",
        ["new user's password"] = "c4rol's \"n3w\" pass<word>",
        ["server's password"] = "r00t\\of&the=server",
        ["repository's password"] = "sh4re-pa55+word",
        ["token in a file"] = "f1le-t0ken-0123456789abcdef",
    };

    public string this[string name]
    {
        get => _values[name];
        set => _values[name] = value;
    }

    /// <summary>A secret plain, base64, URL-encoded, JSON-escaped, with its halves changed round.</summary>
    public static IEnumerable<string> Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        var base64 = Convert.ToBase64String(bytes).TrimEnd('=');
        return new[]
        {
            secret, base64, base64.Replace('+', '-').Replace('/', '_'), Uri.EscapeDataString(secret), UrlEncoder.Default.Encode(secret),
            JsonEncodedText.Encode(secret).Value, JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
            secret[(secret.Length / 2)..] + secret[..(secret.Length / 2)],
        }.Distinct(StringComparer.Ordinal);
    }

    /// <summary>Fails where a secret is in a text in any form, with the place.</summary>
    public static void AssertAbsent(string secret, string text, string what)
    {
        foreach (var form in Forms(secret))
        {
            var at = text.IndexOf(form, StringComparison.Ordinal);
            Assert.True(at < 0, at < 0 ? "" : $"{what}: …{text[Math.Max(0, at - 300)..Math.Min(text.Length, at + form.Length + 40)]}…");
        }
    }
}
