namespace Hypergate.Host.Clients;

/// <summary>
/// Where Claude Desktop keeps its file. On Windows it comes as a package (MSIX), which sees a folder of its own in the place of <c>%APPDATA%</c>: a file there
/// hides the usual one, and a new one belongs there (anthropics/claude-code#26073).
/// </summary>
internal static class ClaudeDesktopPlace
{
    private const string Name = "claude_desktop_config.json";

    public static string Of(ClientPlaces places)
    {
        var usual = Path.Combine(places.Roaming, "Claude", Name);
        if (places.System != ClientSystem.Windows || Packages(places) is not { Count: > 0 } packaged)
        {
            return usual;
        }

        return packaged.FirstOrDefault(File.Exists) ?? (File.Exists(usual) || packaged.Count > 1 ? usual : packaged[0]);
    }

    private static IReadOnlyList<string> Packages(ClientPlaces places)
    {
        var folder = Path.Combine(places.Local, "Packages");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder, "Claude_*").Order(StringComparer.Ordinal).Select(static package => Path.Combine(package, "LocalCache", "Roaming", "Claude", Name))]
            : [];
    }
}
