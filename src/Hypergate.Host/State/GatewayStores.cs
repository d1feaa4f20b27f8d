using System.Runtime.CompilerServices;
using Hypergate.Host.Settings;
using Hypergate.Host.State.Postgres;
using Hypergate.Host.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Host.State;

/// <summary>Makes the stores that the settings name.</summary>
internal static class GatewayStores
{
    /// <param name="reading">The settings; they stay files whatever they say.</param>
    /// <param name="loggers">Told where copies of the audit do not arrive; null for nobody.</param>
    /// <param name="time">For what ends.</param>
    /// <exception cref="SettingsException">The database's address cannot be understood.</exception>
    public static IGatewayStores Make(SettingsReading reading, ILoggerFactory? loggers, TimeProvider time)
    {
        var copies = AuditCopies.Make(reading.Settings, loggers?.CreateLogger("Hypergate") ?? NullLogger.Instance, time);
        return reading.Settings.State == StateKind.Postgres ? MakePostgres(reading, copies, time) : new EmbeddedStores(reading.Settings.Audit.Folder, reading.DataFolder, copies, time);
    }

    // On its own, so that the library of the database is loaded by nobody else.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PostgresStores MakePostgres(SettingsReading reading, AuditCopies? copies, TimeProvider time) =>
        new(reading.Settings.Postgres!, reading.Settings.Audit, copies, time) { DataFolder = reading.DataFolder };
}
