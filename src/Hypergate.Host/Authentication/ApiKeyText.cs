using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hypergate.Host.Authentication;

/// <summary>
/// An API key as a client sends it: <c>hg_</c>, eight characters that may be shown, <c>_</c>, 32 random bytes, and a checksum, so that
/// typos and secret scanners need no look into the store.
/// </summary>
/// <param name="Id">The eight characters.</param>
/// <param name="Secret">The random part.</param>
internal sealed record ApiKeyText(string Id, string Secret)
{
    public const string Prefix = "hg_";
    private const int IdLength = 8;
    private const int SecretLength = 43;
    private const int SumLength = 6;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly SearchValues<char> Known = SearchValues.Create(Alphabet + "_-");
    private static readonly uint[] Crc = [.. Enumerable.Range(0, 256).Select(static value => Shifted((uint)value, 8))];

    /// <summary>SHA-256 of the secret. The secret is random, so a slow hash would add nothing.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Secret));

    /// <summary>What the client sends.</summary>
    public string Text => Body + Sum(Body);

    private string Body => $"{Prefix}{Id}_{Secret}";

    public static ApiKeyText New() => new(
        RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", IdLength),
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Null for what cannot be a key.</summary>
    public static ApiKeyText? TryRead(string text)
    {
        var end = Prefix.Length + IdLength;
        return text.Length == end + 1 + SecretLength + SumLength
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[end] == '_'
            && !text.AsSpan().ContainsAnyExcept(Known)
            && text.EndsWith(Sum(text.AsSpan(0, text.Length - SumLength)), StringComparison.Ordinal)
                ? new ApiKeyText(text[Prefix.Length..end], text[(end + 1)..^SumLength])
                : null;
    }

    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"{Prefix}{Id}_***";

    // CRC-32 in base 62.
    private static string Sum(ReadOnlySpan<char> text)
    {
        var crc = uint.MaxValue;
        foreach (var character in text)
        {
            crc = (crc >> 8) ^ Crc[(byte)(crc ^ character)];
        }

        return string.Create(SumLength, ~crc, static (characters, rest) =>
        {
            for (var at = characters.Length - 1; at >= 0; at--)
            {
                characters[at] = Alphabet[(int)(rest % (uint)Alphabet.Length)];
                rest /= (uint)Alphabet.Length;
            }
        });
    }

    private static uint Shifted(uint value, int bits) => bits == 0 ? value : Shifted((value >> 1) ^ (0xEDB88320u & (uint)-(int)(value & 1)), bits - 1);
}
