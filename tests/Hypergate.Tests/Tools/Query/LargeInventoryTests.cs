using System.Globalization;

namespace Hypergate.Tests.Tools.Query;

/// <summary>Ten thousand guests with their nodes and disks.</summary>
public class LargeInventoryTests
{
    private const int Guests = 10_000;
    private const int DisksOfEach = 3;

    [Fact]
    public async Task Groups_over_three_tables_count_each_disk_once()
    {
        var rows = await Large().RowsAsync(
            "SELECT n.version, d.storage, COUNT(*) AS disks FROM guests g JOIN nodes n ON g.node = n.name JOIN disks d ON d.guest_id = g.id WHERE g.status = 'running' GROUP BY n.version, d.storage");

        Assert.Equal(3 * 5, rows.Length);
        Assert.Equal(Enumerable.Range(0, Guests).Count(static guest => guest % 3 != 0) * DisksOfEach, rows.Sum(static row => int.Parse(row.Split(' ')[^1], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task The_largest_of_thirty_thousand_joined_rows_come_first()
    {
        var rows = await Large().RowsAsync(
            "SELECT g.name, n.name AS host, d.size FROM guests g JOIN nodes n ON g.node = n.name JOIN disks d ON d.guest_id = g.id ORDER BY d.size DESC, g.name LIMIT 20");

        var largest = Enumerable.Range(0, Guests).OrderByDescending(SizeOf).Take(7).SelectMany(static guest => Enumerable.Repeat($"guest-{guest:D5} pve{guest % 32:D2} {SizeOf(guest)}", DisksOfEach)).Take(20);
        Assert.Equal(largest, rows);
    }

    [Fact]
    public async Task What_fits_either_way_is_listed_up_to_the_limit()
    {
        var rows = await Large().RowsAsync("SELECT name, cpu_usage_percent FROM guests WHERE name LIKE '%99%' OR (cpu_usage_percent > 50 AND status != 'stopped') LIMIT 100");

        Assert.Equal(100, rows.Length);
        Assert.All(rows, static row => Assert.True(row.Split(' ') is [var name, var usage] && (name.Contains("99", StringComparison.Ordinal) || double.Parse(usage, CultureInfo.InvariantCulture) > 50), row));
    }

    private static QueryWorld Large()
    {
        var world = new QueryWorld();
        for (var node = 0; node < 32; node++)
        {
            world.Tables.Add("nodes", ("backend", "prod"), ("name", $"pve{node:D2}"), ("id", $"node/pve{node:D2}"), ("version", $"9.{node % 3}"));
        }

        for (var guest = 0; guest < Guests; guest++)
        {
            world.Tables.Add(
                "guests", ("backend", "prod"), ("vmid", guest), ("id", $"qemu/{guest}"), ("name", $"guest-{guest:D5}"), ("node", $"pve{guest % 32:D2}"), ("status", guest % 3 == 0 ? "stopped" : "running"),
                ("cpu_usage_percent", guest % 1000 / 10.0));
            for (var disk = 0; disk < DisksOfEach; disk++)
            {
                world.Tables.Add("disks", ("backend", "prod"), ("guest_id", $"qemu/{guest}"), ("key", $"scsi{disk}"), ("storage", $"ceph{guest % 5}"), ("size", SizeOf(guest)));
            }
        }

        return world;
    }

    private static long SizeOf(int guest) => (guest * 7919L % 10_007) << 30;
}
