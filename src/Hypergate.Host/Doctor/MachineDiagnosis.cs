using System.Globalization;
using System.Runtime.CompilerServices;
using Hypergate.Host.Authentication;
using Hypergate.Host.State;
using Hypergate.Host.Telemetry;

namespace Hypergate.Host.Doctor;

/// <summary>What the gateway needs of this machine: its data folder, its keys.</summary>
internal static class MachineDiagnosis
{
    private const long LittleSpace = 200L * 1024 * 1024;
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);
    private static readonly TimeSpan Late = TimeSpan.FromDays(2);

    public static IEnumerable<Diagnosis> Data(string folder)
    {
        const string Area = "data";
        if (WriteProblem(folder) is { } problem)
        {
            yield return Diagnosis.Wrong(Area, $"{folder} cannot be written: {problem}", $"Without it there is no audit, and without audit no change. Run this as the user whose folder it is, give it to {Environment.UserName} (chown -R {Environment.UserName} {folder}), or set HYPERGATE_DATA to another.");
            yield break;
        }

        yield return Diagnosis.Fine(Area, $"{folder} can be written.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & (UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != UnixFileMode.None)
        {
            yield return Diagnosis.Warn(Area, $"Others may read or change {folder}.", $"Run: chmod 700 {folder}");
        }

        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < LittleSpace)
        {
            yield return Diagnosis.Warn(Area, $"Only {free / (1024 * 1024)} MiB are free there.", "Make room: when the audit cannot be written, changes stop.");
        }
    }

    /// <param name="folder">Where the records lie; null where that is in the data folder, or in a database.</param>
    public static IEnumerable<Diagnosis> Audit(string? folder) => folder is null ? []
        : WriteProblem(folder) is { } problem ? [Diagnosis.Wrong("audit", $"{folder} cannot be written: {problem}", "Without the audit nothing can be changed. Give the folder to the user that runs the gateway, or set audit.folder to another.")]
        : [Diagnosis.Fine("audit", $"{folder} can be written.")];

    public static async IAsyncEnumerable<Diagnosis> KeysAsync(IGatewayStores stores, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string Area = "keys";
        IReadOnlyList<ApiKey> keys;
        string? problem = null;
        try
        {
            await stores.Keys.RefreshAsync(cancellationToken);
            keys = stores.Keys.Read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            (keys, problem) = ([], exception.Message);
        }

        if (problem is not null && stores.Replica is not null)
        {
            yield return Diagnosis.Wrong("database", problem, "Check postgres.connection, that the server runs, and that this machine may connect to it. No replica starts without; one that runs goes on looking, and refuses changes.");
            yield break;
        }

        if (problem is not null)
        {
            yield return Diagnosis.Wrong(Area, $"The API keys cannot be read: {problem}", "Until they can, nobody comes in over HTTP. Mend the file or restore it from a backup.");
            yield break;
        }

        if (stores.Replica is not null)
        {
            yield return Diagnosis.Fine("database", "It answers; what replicas share lies there.");
        }

        var good = keys.Where(key => key.IsValid(now)).ToList();
        yield return Diagnosis.Fine(Area, keys.Count == 0 ? "There are no API keys; over standard input and output none are needed." : $"{good.Count} of {keys.Count} API keys hold.");
        foreach (var key in good.Where(key => key.Expires - now < Soon))
        {
            yield return Diagnosis.Warn(Area, $"The key {key.Name} ends on {key.Expires?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.", $"Run: hypergate keys rotate {key.Name}");
        }
    }

    /// <summary>Nothing where <c>audit.checkpoint</c> is not set.</summary>
    public static async IAsyncEnumerable<Diagnosis> CheckpointAsync(string? place, IGatewayStores stores, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string Area = "audit";
        if (place is null)
        {
            yield break;
        }

        CheckpointNote? note = null;
        string? problem = null;
        try
        {
            note = await new CheckpointBook(stores.State).ReadAsync(cancellationToken) is { } known && known.Place == place ? known : null;
        }
        catch (IOException exception)
        {
            problem = exception.Message;
        }

        yield return (problem ?? note?.Problem, note?.Written) switch
        {
            ({ } failed, _) => Diagnosis.Warn(Area, $"The last checkpoint did not reach {place}: {failed}", "Until it does, records that are cut off the end are missed only from the checkpoint before. Check audit.checkpoint and whether that place can be written."),
            (null, null) => Diagnosis.Warn(Area, $"No checkpoint has been written to {place} yet.", "A gateway writes the first within half an hour of its first record, and one at its end."),
            (null, { } written) when now - written > Late => Diagnosis.Warn(Area, $"The last checkpoint is of {written.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC.", "A gateway that serves writes one a day where there are new records. Does it run?"),
            (null, { } written) => Diagnosis.Fine(Area, $"The last checkpoint is of {written.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, at {place}."),
        };
    }

    private static string? WriteProblem(string folder)
    {
        try
        {
            Composition.DataFolder.Create(folder);
            var probe = Path.Combine(folder, $".doctor-{Guid.NewGuid():n}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception is UnauthorizedAccessException ? $"{Environment.UserName} may not." : exception.Message;
        }
    }
}
