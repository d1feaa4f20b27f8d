using System.Collections;

namespace Hypergate.Host.Settings;

/// <summary>Where settings may come from: all that reading them knows of the process.</summary>
internal sealed record SettingsSources
{
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The file named with <c>--config</c>.</summary>
    public string? ConfigPath { get; init; }

    public required string WorkingFolder { get; init; }

    /// <summary>The user's home folder.</summary>
    public required string Home { get; init; }

    public static SettingsSources OfProcess(string? configPath) => new()
    {
        Environment = Variables(),
        ConfigPath = configPath,
        WorkingFolder = System.Environment.CurrentDirectory,
        Home = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile),
    };

    /// <summary>A variable of the environment; an empty one counts as absent.</summary>
    public string? Variable(string name) => Environment.TryGetValue(name, out var value) && value != "" ? value : null;

    /// <summary>A path as somebody wrote it, made absolute; <c>~/</c> is the home folder.</summary>
    public string Absolute(string path, string folder) =>
        path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(Home, path[2..]) : Path.GetFullPath(path, folder);

    /// <summary>A loop, because LINQ over this struct has to be compiled at every start.</summary>
    private static Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return variables;
    }
}
