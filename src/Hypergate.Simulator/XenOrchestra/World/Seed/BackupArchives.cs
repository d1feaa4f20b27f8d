using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>What runs of backup jobs leave in their repositories: an archive for each VM, and of each VM no more than the schedule keeps.</summary>
internal static class BackupArchives
{
    public const string Collection = "backup-archives";

    private const int KeptByDefault = 1;

    /// <summary>Puts the archives of a finished run into its repository, in place of the oldest.</summary>
    /// <param name="log">Of a run that saved VMs.</param>
    public static void Keep(DataCentre world, JsonObject job, JsonObject log, IEnumerable<JsonObject> vms)
    {
        var (schedule, repository) = (log.Text("scheduleId"), job["remotes"]!.Text("id"));
        var most = (int?)job["settings"]?[schedule]?["exportRetention"] ?? KeptByDefault;
        foreach (var vm in vms)
        {
            world[Collection].Add(Create(world, job, log, repository, vm));
            var older = world[Collection].All
                .Where(archive => archive.Text("scheduleId") == schedule && archive["vm"]!.Text("uuid") == vm.Id())
                .OrderByDescending(archive => archive.Number("timestamp"))
                .Skip(most).Select(archive => archive.Id()).ToList();
            older.ForEach(world[Collection].Remove);
        }
    }

    /// <summary>The archives of a VM, the newest first.</summary>
    public static IEnumerable<JsonObject> Of(DataCentre world, JsonObject vm) => world[Collection].All
        .Where(archive => archive["vm"]!.Text("uuid") == vm.Id())
        .OrderByDescending(archive => archive.Number("timestamp"));

    private static JsonObject Create(DataCentre world, JsonObject job, JsonObject log, string repository, JsonObject vm)
    {
        var made = log.Number("start");
        var folder = $"/xo-vm-backups/{vm.Id()}";
        var moment = FreeMoment(world, $"{repository}{folder}", DateTimeOffset.FromUnixTimeMilliseconds((long)made));
        var isFull = job.Text("mode") == "full";
        return new()
        {
            ["id"] = $"{repository}{folder}/{moment}.json",
            ["type"] = "xo-vm-backup",
            ["backupRepository"] = repository,
            ["disks"] = new JsonArray([.. isFull ? [] : Disks(world, job, vm, folder, moment)]),
            ["isImmutable"] = false,
            ["jobId"] = job.Id(),
            ["mode"] = job.Text("mode"),
            ["scheduleId"] = log.Text("scheduleId"),
            ["size"] = BackupLogRecord.TransferredBytes,
            ["timestamp"] = made,
            ["vm"] = new JsonObject
            {
                ["tags"] = vm["tags"]!.DeepClone(),
                ["name_label"] = vm.Text("name_label"),
                ["name_description"] = vm.Text("name_description"),
                ["uuid"] = vm.Id(),
            },
            ["withMemory"] = false,
        };
    }

    // Files are named by the second, and none takes another's place.
    private static string FreeMoment(DataCentre world, string folder, DateTimeOffset time)
    {
        while (true)
        {
            var moment = time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            if (world[Collection].Find($"{folder}/{moment}.json") is null)
            {
                return moment;
            }

            time = time.AddSeconds(1);
        }
    }

    // A full backup is one file of the whole VM; a delta has one for each disk.
    private static IEnumerable<JsonNode> Disks(DataCentre world, JsonObject job, JsonObject vm, string folder, string moment) =>
        SnapshotRecord.Disks(world, vm).Select(device => world["vdis"].Find(device.Text("VDI"))).OfType<JsonObject>().Select(disk => new JsonObject
        {
            ["id"] = $"{folder}/vdis/{job.Id()}/{disk.Id()}/{moment}.vhd",
            ["name"] = disk.Text("name_label"),
            ["uuid"] = disk.Id(),
        });
}
