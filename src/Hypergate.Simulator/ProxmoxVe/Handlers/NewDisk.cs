using System.Globalization;
using System.Text.RegularExpressions;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Disks as they are given: <c>STORAGE:GIGABYTES</c> makes a volume, others are taken as they are.</summary>
internal static partial class NewDisk
{
    /// <summary>Checks the storage and the rights on it.</summary>
    public static void Demand(Call call, string key, string value)
    {
        var disk = Disk.Parse(key, value);
        if (disk.Volume is "none" or "cdrom")
        {
            return;
        }

        if (disk.Storage is not { } id)
        {
            throw disk.Volume.StartsWith('/') && !call.IsRoot
                ? new PveError("Only root can pass arbitrary filesystem paths.")
                : PveError.Parameter(key, $"not a valid volid: {disk.Volume}");
        }

        var storage = call.Cluster.Volumes.Usable(id, call.Node);
        if (New().Match(disk.Volume) is { Success: true })
        {
            call.Need($"/storage/{id}", "Datastore.AllocateSpace");
            if (!storage.Content.Contains(key is "rootfs" || key.StartsWith("mp", StringComparison.Ordinal) ? "rootdir" : "images"))
            {
                throw key is "rootfs" ? new PveError($"storage '{id}' does not support CT rootdirs")
                    : PveError.Parameter("storage", $"storage '{id}' does not support vm images");
            }
        }
        else if (!disk.IsCloudInit && call.Cluster.Volumes.Find(disk.Volume) is null)
        {
            throw new PveError($"volume {disk.Volume} does not exist");
        }
    }

    /// <summary>The disk's text for the configuration, its volume made where it is a new one.</summary>
    public static string Make(Call call, Guest guest, string key, string value, Action<string> log)
    {
        var disk = Disk.Parse(key, value);
        var volumes = call.Cluster.Volumes;
        if (New().Match(disk.Volume) is not { Success: true } match)
        {
            var known = volumes.Find(disk.Volume);
            return known is { Size: > 0 } && disk.Option("size") is null ? disk.With("size", DiskSize.Text(known.Size)).Text : disk.Text;
        }

        var storage = volumes.Usable(match.Groups["storage"].Value, call.Node);
        var size = (long)(double.Parse(match.Groups["size"].Value, CultureInfo.InvariantCulture) * (1L << 30));
        var volume = volumes.Allocate(guest, storage, size, Volumes.FormatOf(storage, disk.Option("format"), !guest.IsQemu));
        log(Volumes.Creation(storage, volume));
        var made = disk with { Volume = volume.VolumeId, Options = [.. disk.Options.Where(static option => !option.StartsWith("format=", StringComparison.Ordinal))] };
        var text = made.With("size", DiskSize.Text(size)).Text;
        if (guest.IsQemu)
        {
            log($"{key}: successfully created disk '{text}'");
        }

        return text;
    }

    [GeneratedRegex(@"^(?<storage>[^/:\s]+):(?<size>\d+(\.\d+)?)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex New();
}
