namespace Hypergate.Host.Settings;

/// <summary>Where settings may come from.</summary>
internal sealed record SettingsSources
{
    /// <summary>Environment variables by name.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The file that the command line names; it must exist.</summary>
    public string? ConfigPath { get; init; }

    public required string WorkingFolder { get; init; }

    public static SettingsSources OfProcess(string? configPath) => new()
    {
        Environment = System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Where(static entry => entry.Value is not null)
            .ToDictionary(static entry => (string)entry.Key, static entry => (string)entry.Value!, StringComparer.Ordinal),
        ConfigPath = configPath,
        WorkingFolder = Directory.GetCurrentDirectory(),
    };

    public string? Variable(string name) => Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>Where audit, caches and keys lie: <c>HYPERGATE_DATA</c>, else the user's data folder.</summary>
    public string DataFolder =>
        Variable("HYPERGATE_DATA")
        ?? (Variable("XDG_DATA_HOME") is { } data ? Path.Combine(data, "hypergate") : null)
        ?? Path.Combine(Variable("HOME") ?? Path.GetTempPath(), ".local", "share", "hypergate");

    /// <summary>The settings file in force; null where there is none.</summary>
    public string? File()
    {
        if ((ConfigPath ?? Variable("HYPERGATE_CONFIG")) is { } named)
        {
            return Path.GetFullPath(named, WorkingFolder);
        }

        var home = Variable("XDG_CONFIG_HOME") ?? (Variable("HOME") is { } user ? Path.Combine(user, ".config") : null);
        return new[] { Path.Combine(WorkingFolder, "hypergate.yaml"), home is null ? null : Path.Combine(home, "hypergate", "hypergate.yaml") }
            .FirstOrDefault(static path => path is not null && System.IO.File.Exists(path));
    }
}
