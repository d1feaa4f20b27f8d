using System.Text.Json;

namespace Hypergate.Host.Settings.Yaml;

/// <summary>The content of settings as JSON, with the values of references.</summary>
internal sealed record SettingsDocument
{
    public required JsonElement Root { get; init; }

    /// <summary>Where each key and item was set, by path.</summary>
    public required IReadOnlyDictionary<string, SettingsPlace> Places { get; init; }

    /// <summary>Where it begins.</summary>
    public required SettingsPlace Start { get; init; }

    /// <summary>Paths of values that came through a reference and must not be shown.</summary>
    public required IReadOnlySet<string> Hidden { get; init; }

    /// <summary>References that lead nowhere, and keys without a value.</summary>
    public required IReadOnlyList<SettingsFault> Faults { get; init; }

    /// <summary>Where a key was set; for one that is not there, where what it should be in was.</summary>
    public SettingsPlace PlaceOf(string path)
    {
        while (path != "")
        {
            if (Places.TryGetValue(path, out var place))
            {
                return place;
            }

            path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        }

        return Start;
    }
}
