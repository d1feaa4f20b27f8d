namespace Hypergate.Descriptions;

/// <summary>Which names a tool's argument may have: those that every client and model provider takes.</summary>
internal static class ArgumentName
{
    private const int Longest = 64;

    public static bool IsGood(string name) =>
        name.Length is > 0 and <= Longest
        && name is not ("__proto__" or "constructor" or "prototype" or "body")
        && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
