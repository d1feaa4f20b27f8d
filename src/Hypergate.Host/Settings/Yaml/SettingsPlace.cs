using System.Globalization;

namespace Hypergate.Host.Settings.Yaml;

/// <summary>Where something was set: a file and a line of it (from 1), or a variable of the environment, which has none (0).</summary>
internal readonly record struct SettingsPlace(string Source, long Line)
{
    /// <summary>As messages begin: <c>hypergate.yaml:7</c>.</summary>
    public override string ToString() => Line == 0 ? Source : string.Create(CultureInfo.InvariantCulture, $"{Source}:{Line}");
}
