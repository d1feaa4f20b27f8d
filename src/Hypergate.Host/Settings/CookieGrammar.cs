using System.Buffers;

namespace Hypergate.Host.Settings;

/// <summary>What a cookie value may hold (RFC 6265): the token is sent as it is, and never encoded.</summary>
internal static class CookieGrammar
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "!#$%&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public static bool Fits(string token) => token.Length > 0 && !token.AsSpan().ContainsAnyExcept(Allowed);
}
