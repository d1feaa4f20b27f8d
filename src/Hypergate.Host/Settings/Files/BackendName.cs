namespace Hypergate.Host.Settings.Files;

/// <summary>What a backend may be called: it becomes a word of an enum and part of a file's name.</summary>
internal static class BackendName
{
    public static bool Fits(string name) =>
        name.Length is > 0 and <= 40 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
