using System.Runtime.CompilerServices;
using Hypergate.Host.Settings;
using Hypergate.Host.State.Postgres;

namespace Hypergate.Host.State;

/// <summary>Makes the stores that the settings name.</summary>
internal static class GatewayStores
{
    /// <param name="reading">The settings; they stay files whatever they say.</param>
    /// <param name="written">Gets each line of the audit after it was kept; may not block.</param>
    /// <param name="time">For what ends.</param>
    /// <exception cref="SettingsException">The database's address cannot be understood.</exception>
    public static IGatewayStores Make(SettingsReading reading, Action<ReadOnlyMemory<byte>>? written, TimeProvider time) => reading.Settings.State == StateKind.Postgres
        ? MakePostgres(reading, written, time)
        : new EmbeddedStores(reading.Settings.Audit.Folder, reading.DataFolder, written, time);

    // On its own, so that the library of the database is loaded by nobody else.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PostgresStores MakePostgres(SettingsReading reading, Action<ReadOnlyMemory<byte>>? written, TimeProvider time) =>
        new(reading.Settings.Postgres!, reading.Settings.Audit, written, time);
}
