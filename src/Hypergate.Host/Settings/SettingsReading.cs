using Hypergate.Host.Settings.Yaml;

namespace Hypergate.Host.Settings;

/// <summary>Settings that were read, checked and completed.</summary>
internal sealed record SettingsReading
{
    public required GatewaySettings Settings { get; init; }

    /// <summary>What the operator should hear at the start. Holds no secret.</summary>
    public IReadOnlyList<string> Warnings { get => field ??= [.. LaterWarnings()]; init; }

    /// <summary>Finds them when they are first asked for, because a client may wait for the start; instead of <see cref="Warnings"/>.</summary>
    public Func<IEnumerable<string>> LaterWarnings { private get; init; } = static () => [];

    /// <summary>The absolute path of the file; null where the environment alone was enough.</summary>
    public string? File { get; init; }

    /// <summary>The files and the variables of settings that something was said in, as messages call them.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>What the settings refer to; null where they cannot refer to anything.</summary>
    public References? References { get; init; }

    /// <summary>Absolute; for audit, caches and keys. It need not exist yet.</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// Reads the file named with <c>--config</c> or <c>HYPERGATE_CONFIG</c>, else <c>hypergate.yaml</c> of the working folder, else
    /// that of the user's configuration folder, else the environment alone. Beside a file lies <c>conf.d</c>, and over all of them <c>HYPERGATE__…</c>.
    /// </summary>
    /// <exception cref="SettingsException">Something is missing or wrong. Nothing may be started then.</exception>
    public static SettingsReading Load(SettingsSources sources)
    {
        var location = SettingsLocation.Find(sources);
        return location is null && SettingVariables.Of(sources).Count == 0 ? EnvironmentSettings.Read(sources, null) : Compose(location, sources);
    }

    // Apart, so that the environment alone is read without what files need.
    private static SettingsReading Compose(SettingsLocation? location, SettingsSources sources)
    {
        var tree = SettingsTree.Read(location, sources, SettingsSchema.Read());
        return location is null && (tree.Root as SettingsNode.Map)?.Find(SettingsFile.Backends) is null
            ? EnvironmentSettings.Read(sources, SettingsFile.ReadWithoutBackends(tree, sources))
            : SettingsFile.Read(location, tree, sources);
    }
}
