using Hypergate.Host.Settings;
using Hypergate.Host.State;

namespace Hypergate.Host.Cli;

/// <summary>The stores of a gateway, for commands that need nothing else of its settings.</summary>
internal static class StoresOfCommand
{
    /// <param name="sources">Where the settings come from. They are read whole only where a database keeps the state.</param>
    /// <param name="time">For what ends.</param>
    /// <exception cref="SettingsException">The settings of the database cannot be used.</exception>
    public static IGatewayStores Open(SettingsSources sources, TimeProvider time) => StateInFile.Of(sources) == StateKind.Postgres
        ? GatewayStores.Make(SettingsReading.Load(sources), null, time)
        : new EmbeddedStores(null, SettingsCompletion.DataFolder(sources), null, time);
}
