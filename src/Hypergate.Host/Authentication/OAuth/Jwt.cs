using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Hypergate.Host.Authentication.OAuth;

/// <summary>A token as it came: read, and not believed yet.</summary>
/// <param name="Algorithm">As the header names it.</param>
/// <param name="KeyId">Null where it names none.</param>
/// <param name="Claims">What it says.</param>
/// <param name="Signed">The bytes that the signature is over.</param>
internal sealed record Jwt(string Algorithm, string? KeyId, JsonElement Claims, byte[] Signed, byte[] Signature)
{
    private const int LongestToken = 16 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    // A token may not say where the key lies, nor that there is something to understand that we do not.
    private static readonly string[] Refused = ["jku", "jwk", "x5u", "x5c", "crit", "zip", "enc", "b64"];

    /// <summary>Whether a credential looks like one; keys of our own do not.</summary>
    public static bool IsLike(string text) => text.Count('.') is >= 2 and <= 4;

    /// <summary>Null for what is no signed token that we would look at.</summary>
    public static Jwt? TryRead(string text)
    {
        if (text.Length > LongestToken || text.Split('.') is not [var head, var body, var signature] || Bytes(head) is not { } header || Bytes(body) is not { } claims || Bytes(signature) is not { Length: > 0 } sign)
        {
            return null;
        }

        try
        {
            var heading = JsonElement.Parse(header, Strict);
            var said = JsonElement.Parse(claims, Strict);
            return heading.ValueKind == JsonValueKind.Object && said.ValueKind == JsonValueKind.Object && !Refused.Any(name => heading.TryGetProperty(name, out _))
                && TypeFits(heading) && Text(heading, "alg") is { } algorithm && (Text(heading, "kid") is var kid && (kid is not null || !heading.TryGetProperty("kid", out _)))
                ? new(algorithm, kid, said, Encoding.ASCII.GetBytes($"{head}.{body}"), sign)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A claim that is a text; null where it is absent or anything else.</summary>
    public static string? Text(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A claim that is a text or a list of texts.</summary>
    public static IEnumerable<string> Texts(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } => [value.Value.GetString()!],
        { ValueKind: JsonValueKind.Array } => value.Value.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => item.GetString()!),
        _ => [],
    };

    private static bool TypeFits(JsonElement header) =>
        !header.TryGetProperty("typ", out _) || Text(header, "typ")?.ToLowerInvariant() is "jwt" or "at+jwt" or "application/at+jwt";

    private static byte[]? Bytes(string part) =>
        part.Length > 0 && part.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_') && Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : null;
}
