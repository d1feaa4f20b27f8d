using System.Text;
using System.Text.Json;

namespace Hypergate.Host.Settings.Yaml;

/// <summary>The settings as they stand in all files and variables, put together.</summary>
/// <param name="Root">Null where nobody says anything.</param>
/// <param name="Sources">The files and variables that say something, as messages call them.</param>
internal sealed record SettingsTree(SettingsNode? Root, IReadOnlyList<string> Sources)
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>Reads the files, each key from one alone, and then the variables, which win.</summary>
    /// <param name="location">The file that holds; null for none.</param>
    /// <param name="sources">The process.</param>
    /// <param name="schema">Of the settings.</param>
    /// <exception cref="SettingsException">One cannot be read, or two say the same.</exception>
    public static SettingsTree Read(SettingsLocation? location, SettingsSources sources, JsonElement schema)
    {
        var files = location is null ? [] : SettingsFiles.Of(location);
        SettingsNode? root = null;
        foreach (var file in files)
        {
            root = Merge(root, YamlReader.Read(ReadText(file), file.Name), "");
        }

        var overlay = new EnvironmentOverlay(schema, sources);
        return new(overlay.Over(root), [.. files.Select(static file => file.Name), .. overlay.Variables]);
    }

    private static SettingsNode? Merge(SettingsNode? one, SettingsNode? other, string path) => (one, other) switch
    {
        (null, _) => other,
        (_, null) => one,
        (SettingsNode.Map first, SettingsNode.Map second) => second.Entries.Aggregate(first, (map, entry) => map.With(entry with { Value = Merge(map.Find(entry.Key), entry.Value, $"{path}{(path == "" ? "" : ".")}{entry.Key}")! })),
        _ => throw new SettingsException($"{other.Place}: {(path == "" ? "the file holds no keys, and something" : path)} is set in {one.Place} as well; keep one of them"),
    };

    private static string ReadText(SettingsLocation location)
    {
        try
        {
            var bytes = File.ReadAllBytes(location.Path);
            return bytes.Length <= MostBytes
                ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF')
                : throw new SettingsException($"{location.Name} is longer than {MostBytes} bytes");
        }
        catch (DecoderFallbackException)
        {
            throw new SettingsException($"{location.Name} is not UTF-8 text");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{location.Name} cannot be used: the file {FileProblem.Of(exception, location.Path)}");
        }
    }
}
