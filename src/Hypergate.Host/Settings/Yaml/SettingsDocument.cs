using System.Text.Json;

namespace Hypergate.Host.Settings.Yaml;

/// <summary>The content of a settings file as JSON, with the values of references.</summary>
internal sealed record SettingsDocument
{
    public required JsonElement Root { get; init; }

    /// <summary>The line of each key and item, by path.</summary>
    public required IReadOnlyDictionary<string, long> Lines { get; init; }

    /// <summary>Paths of values that came through a reference and must not be shown.</summary>
    public required IReadOnlySet<string> Hidden { get; init; }

    /// <summary>References that lead nowhere, and keys without a value.</summary>
    public required IReadOnlyList<SettingsFault> Faults { get; init; }

    /// <summary>The line of a key; for one that is not there, the line of what it should be in.</summary>
    public long LineOf(string path)
    {
        while (path != "")
        {
            if (Lines.TryGetValue(path, out var line))
            {
                return line;
            }

            path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        }

        return 1;
    }
}
