namespace Hypergate.Host.Settings.Yaml;

/// <summary>Which variables of the process are settings; apart from what they say, which takes the schema to know.</summary>
internal static class SettingVariables
{
    public const string Prefix = "HYPERGATE__";

    /// <summary>Whether a variable is meant to be one.</summary>
    public static bool IsOne(string name) => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Those that are set, by name.</summary>
    public static IReadOnlyList<string> Of(SettingsSources sources) =>
        [.. sources.Environment.Keys.Where(name => IsOne(name) && sources.Variable(name) is not null).Order(StringComparer.Ordinal)];
}
