using Hypergate.Host.Settings.Yaml;

namespace Hypergate.Host.Settings;

/// <summary>
/// Where the state lies, for commands that must work where the rest of the settings does not: with a credential that is not in this
/// shell's environment, or a mistake in another place.
/// </summary>
internal static class StateInFile
{
    /// <summary>Embedded where nobody says so, or where what is written cannot be read as YAML.</summary>
    public static StateKind Of(SettingsSources sources)
    {
        var location = SettingsLocation.Find(sources);
        try
        {
            return SettingsTree.Read(location, sources, SettingsSchema.Read()).Root is SettingsNode.Map root
                && root.Find("state") is SettingsNode.Scalar { Text: var text }
                && text.Equals(nameof(StateKind.Postgres), StringComparison.OrdinalIgnoreCase) ? StateKind.Postgres : StateKind.Embedded;
        }
        catch (Exception exception) when (exception is SettingsException or IOException or UnauthorizedAccessException)
        {
            return StateKind.Embedded;
        }
    }
}
