using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Metrics;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>The guests of a node and the current state of each.</summary>
internal static class GuestListHandlers
{
    private static readonly string[] Pressures =
        ["pressurecpusome", "pressurecpufull", "pressureiosome", "pressureiofull", "pressurememorysome", "pressurememoryfull"];

    public static void AddTo(HandlerTable table)
    {
        foreach (var type in (string[])["qemu", "lxc"])
        {
            table.Add($"GET /nodes/{{node}}/{type}", call => List(call, type));
            table.Add($"GET /nodes/{{node}}/{type}/{{vmid}}/status/current", call => Current(call, call.Guest(type)));
        }
    }

    private static JsonArray List(Call call, string type) => Rows.Array(
        from guest in call.Cluster.Guests.Values
        where guest.Type == type && guest.Node == call.Node && call.May($"/vms/{guest.VmId}", "VM.Audit")
        select guest.IsQemu ? Machine(call.Cluster, guest, call.Flag("full")) : Container(call.Cluster, guest));

    private static JsonObject Current(Call call, Guest guest)
    {
        var row = guest.IsQemu ? Machine(call.Cluster, guest, full: true) : Container(call.Cluster, guest);
        var managed = HaRows.Resource(call.Cluster, guest);
        row["ha"] = managed is null ? Row(("managed", 0)) : Row(("managed", 1), ("state", managed["state"]?.DeepClone()), ("group", managed["group"]?.DeepClone()));
        if (guest.IsQemu)
        {
            row["qmpstatus"] = guest.State.Word();
            if (GuestAgents.IsConfigured(guest))
            {
                row["agent"] = 1;
            }

            if (guest.State != RunState.Stopped)
            {
                AddRunning(row, guest, Figures.Of(call.Cluster, guest), call.Cluster.Seconds);
            }
        }

        return row;
    }

    private static JsonObject Machine(Cluster cluster, Guest guest, bool full)
    {
        var figures = Figures.Of(cluster, guest);
        var row = Common(guest, figures);
        row["memhost"] = figures.MemoryHost;
        if (guest.State != RunState.Stopped)
        {
            AddProcess(row, guest);
            if (full)
            {
                row["diskread"] = figures.DiskRead;
                row["diskwrite"] = figures.DiskWrite;
            }
        }

        if (full)
        {
            row["qmpstatus"] = guest.State.Word();
        }

        return row;
    }

    private static JsonObject Container(Cluster cluster, Guest guest)
    {
        var figures = Figures.Of(cluster, guest);
        var row = Common(guest, figures);
        row["type"] = "lxc";
        row["diskread"] = figures.DiskRead;
        row["diskwrite"] = figures.DiskWrite;
        row["swap"] = 0;
        row["maxswap"] = long.Parse(guest.Config["swap"] ?? "512", CultureInfo.InvariantCulture) << 20;
        if (guest.State != RunState.Stopped)
        {
            AddProcess(row, guest);
        }

        return row;
    }

    // A paused machine still counts as running here.
    private static JsonObject Common(Guest guest, GuestFigures figures) => Row(
        ("vmid", guest.VmId), ("name", guest.Name), ("status", guest.State == RunState.Stopped ? "stopped" : "running"), ("cpus", figures.MaxCpu),
        ("cpu", figures.Cpu), ("mem", figures.Memory), ("maxmem", figures.MaxMemory), ("disk", figures.Disk), ("maxdisk", figures.MaxDisk),
        ("netin", figures.NetIn), ("netout", figures.NetOut), ("uptime", figures.Uptime), ("tags", guest.Config["tags"]), ("lock", guest.Lock),
        ("template", guest.IsTemplate ? 1 : null));

    private static void AddProcess(JsonObject row, Guest guest)
    {
        row["pid"] = guest.ProcessId;
        foreach (var pressure in Pressures)
        {
            row[pressure] = 0;
        }
    }

    private static void AddRunning(JsonObject row, Guest guest, GuestFigures figures, long now)
    {
        var free = figures.MaxMemory - figures.Memory;
        row["freemem"] = free;
        row["balloon"] = figures.MaxMemory;
        row["ballooninfo"] = Row(
            ("actual", figures.MaxMemory), ("max_mem", figures.MaxMemory), ("total_mem", figures.MaxMemory), ("free_mem", free),
            ("last_update", now), ("major_page_faults", 12), ("minor_page_faults", 345), ("mem_swapped_in", 0), ("mem_swapped_out", 0));
        row["running-qemu"] = "11.0.0";
        row["running-machine"] = guest.Config["machine"] == "q35" ? "pc-q35-11.0+pve0" : "pc-i440fx-11.0+pve0";
        row["proxmox-support"] = Row(
            ("backup-discard-source", true), ("backup-fleecing", true), ("backup-max-workers", true), ("pbs-dirty-bitmap", true),
            ("pbs-dirty-bitmap-migration", true), ("pbs-dirty-bitmap-savevm", true), ("pbs-library-version", "1.5"), ("pbs-masterkey", true),
            ("query-bitmap-info", true), ("savevm-async", true));
    }
}
