using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Handlers;
using Hypergate.Simulator.ProxmoxVe.Tasks;

namespace Hypergate.Simulator.ProxmoxVe.World.Seed;

/// <summary>Backup jobs, HA resources, replication jobs and the tasks of the last day.</summary>
internal static class JobSeed
{
    public static void Fill(Cluster cluster)
    {
        cluster.List("backup").Add(new JsonObject
        {
            ["id"] = "backup-nightly",
            ["type"] = "vzdump",
            ["enabled"] = 1,
            ["schedule"] = "02:00",
            ["storage"] = "backup",
            ["all"] = 1,
            ["mode"] = "snapshot",
            ["compress"] = "zstd",
            ["prune-backups"] = new JsonObject { ["keep-daily"] = "7", ["keep-weekly"] = "4" },
        });
        cluster.List("backup").Add(new JsonObject
        {
            ["id"] = "backup-weekly",
            ["type"] = "vzdump",
            ["enabled"] = 0,
            ["schedule"] = "sun 04:00",
            ["storage"] = "backup",
            ["pool"] = "production",
            ["mode"] = "stop",
            ["compress"] = "zstd",
            ["comment"] = "off until the new storage is there",
        });
        foreach (var guest in cluster.Guests.Values.Where(static guest => guest.State == RunState.Running).Take(2))
        {
            cluster.List(HaRows.Resources).Add(new JsonObject
            {
                ["sid"] = HaRows.ServiceId(guest),
                ["type"] = guest.IsQemu ? "vm" : "ct",
                ["state"] = "started",
                ["max_relocate"] = 1,
                ["max_restart"] = 1,
                ["digest"] = guest.Config.Digest(),
            });
        }

        Replication(cluster);
        Tasks(cluster);
        LastNight(cluster);
    }

    // Each node runs the job for its own guests; on the last one the storage was full.
    private static void LastNight(Cluster cluster)
    {
        var start = new DateTimeOffset(cluster.Now.AddHours(-2).UtcDateTime.Date, TimeSpan.Zero).AddHours(2);
        foreach (var node in cluster.Nodes)
        {
            var failed = cluster.Nodes.Count > 2 && node == cluster.Nodes[^1];
            var upid = new Upid(node.Name, cluster.Tasks.NextProcess(), start.ToUnixTimeSeconds() % 0xFFFFFFF, start.ToUnixTimeSeconds(), "vzdump", "", "root@pam");
            cluster.Tasks.Remember(
                upid,
                failed ? "job errors" : "OK",
                TimeSpan.FromMinutes(40),
                "INFO: starting new backup job: vzdump --all 1 --mode snapshot --storage backup --compress zstd --quiet 1",
                failed ? "INFO: Backup job finished with errors" : "INFO: Backup job finished successfully");
        }
    }

    private static void Replication(Cluster cluster)
    {
        if (cluster.Nodes.Count < 2)
        {
            return;
        }

        foreach (var guest in cluster.Guests.Values.Where(static guest => guest.VmId % 3 == 0).Take(3))
        {
            var target = cluster.Nodes.First(node => node.Name != guest.Node).Name;
            cluster.List("replication").Add(new JsonObject
            {
                ["id"] = $"{guest.VmId}-0",
                ["type"] = "local",
                ["guest"] = guest.VmId,
                ["jobnum"] = 0,
                ["target"] = target,
                ["schedule"] = "*/15",
                ["source"] = guest.Node,
            });
        }
    }

    private static void Tasks(Cluster cluster)
    {
        var start = cluster.Now.AddHours(-30);
        foreach (var guest in cluster.Guests.Values.Take(100))
        {
            start = start.AddMinutes(17);
            var failed = guest.VmId % 9 == 0;
            var upid = new Upid(
                guest.Node, cluster.Tasks.NextProcess(), start.ToUnixTimeSeconds() % 0xFFFFFFF, start.ToUnixTimeSeconds(), "vzdump",
                guest.VmId.ToString(CultureInfo.InvariantCulture), "root@pam");
            cluster.Tasks.Remember(
                upid,
                failed ? "job errors" : guest.VmId % 7 == 0 ? "WARNINGS: 1" : "OK",
                TimeSpan.FromMinutes(3),
                $"INFO: starting new backup job: vzdump {guest.VmId} --storage backup --mode snapshot",
                failed ? $"ERROR: Backup of VM {guest.VmId} failed - no space left on device" : $"INFO: Finished Backup of VM {guest.VmId} (00:03:00)");
        }
    }
}
