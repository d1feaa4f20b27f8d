using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Description;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>What is only there to be looked at: packages, disks, hardware, services, SDN, Ceph, mappings.</summary>
internal static class FixedHandlers
{
    // Lists that a small cluster has nothing in.
    private static readonly string[] Empty =
    [
        "/cluster/sdn/zones", "/cluster/sdn/vnets", "/cluster/sdn/controllers", "/cluster/sdn/dns", "/cluster/sdn/ipams", "/cluster/mapping/pci",
        "/cluster/mapping/usb", "/cluster/mapping/dir", "/cluster/metrics/server", "/cluster/jobs/realm-sync", "/cluster/acme/account", "/cluster/acme/plugins",
        "/nodes/{node}/apt/update", "/nodes/{node}/disks/directory", "/nodes/{node}/disks/zfs", "/nodes/{node}/disks/lvmthin", "/nodes/{node}/hardware/usb",
        "/nodes/{node}/scan/pci", "/access/tfa", "/nodes/{node}/ceph/osd", "/nodes/{node}/ceph/pool", "/nodes/{node}/aplinfo",
    ];

    private static readonly string[] Services = ["corosync", "cron", "ksmtuned", "pve-cluster", "pve-firewall", "pvedaemon", "pveproxy", "pvestatd", "sshd", "systemd-timesyncd"];

    public static void AddTo(HandlerTable table)
    {
        var known = RouteTable.Shared.All.Select(static route => route.Key).ToHashSet();
        foreach (var key in Empty.Select(static path => $"GET {path}").Where(key => known.Contains(key) && table.Find(key) is null))
        {
            table.Add(key, static _ => new JsonArray());
        }

        table.Add("GET /nodes/{node}/apt/versions", static call => Rows.Array(((string[])["pve-manager", "qemu-server", "pve-container", "pve-storage"]).Select(name =>
            Row(("Package", name), ("Version", call.Cluster.Options.Version), ("OldVersion", call.Cluster.Options.Version), ("CurrentState", "Installed"), ("Origin", "Proxmox")))));
        table.Add("GET /nodes/{node}/services", static _ => Rows.Array(Services.Select(Service)));
        table.Add("GET /nodes/{node}/services/{service}/state", static call => Service(call.Parameters.Required("service")));
        table.Add("GET /nodes/{node}/disks/list", static _ => new JsonArray(Row(
            ("devpath", "/dev/sda"), ("type", "ssd"), ("size", 480103981056), ("model", "SIMULATED_SSD"), ("serial", "S1M0001"), ("health", "PASSED"), ("gpt", 1),
            ("used", "LVM"), ("vendor", "ATA"), ("wearout", 98))));
        table.Add("GET /nodes/{node}/disks/smart", static _ => Row(("health", "PASSED"), ("type", "ata")));
        table.Add("GET /nodes/{node}/disks/lvm", static _ => Row(("leaf", 0), ("children", new JsonArray())));
        table.Add("GET /nodes/{node}/hardware/pci", static _ => new JsonArray(Row(
            ("id", "0000:00:02.0"), ("class", "0x030000"), ("vendor", "0x1234"), ("device", "0x1111"), ("device_name", "Simulated VGA"), ("iommugroup", -1))));
        table.Add("GET /nodes/{node}/capabilities/qemu/machines", static _ => new JsonArray(
            Row(("id", "pc-i440fx-11.0"), ("type", "i440fx"), ("version", "11.0")), Row(("id", "pc-q35-11.0"), ("type", "q35"), ("version", "11.0"))));
        table.Add("GET /nodes/{node}/capabilities/qemu/cpu", static _ => new JsonArray(Row(("name", "x86-64-v2-AES"), ("vendor", "default"), ("custom", 0))));
        table.Add("GET /nodes/{node}/sdn/zones", static _ => new JsonArray(Row(("zone", "localnetwork"), ("status", "available"))));
        table.Add("GET /cluster/ceph/status", static _ => throw new PveError("binary not installed: /usr/bin/ceph-mon"));
        table.Add("GET /nodes/{node}/ceph/status", static _ => throw new PveError("binary not installed: /usr/bin/ceph-mon"));
        table.Add("GET /nodes/{node}/journal", static _ => new JsonArray("-- No entries --"));
        table.Add("GET /nodes/{node}/syslog", static _ => new JsonArray(Row(("n", 1), ("t", "no content"))));
        table.Add("GET /nodes/{node}/hosts", static call => Row(("data", $"127.0.0.1 localhost\n{call.Cluster.Local.Address} {call.Node}\n"), ("digest", ConfigDigest.Of(call.Node))));
        table.Add("GET /nodes/{node}/netstat", static _ => new JsonArray());
    }

    private static JsonNode Service(string name) => Row(
        ("name", name), ("service", name), ("desc", $"{name} service"), ("state", "running"), ("active-state", "active"), ("unit-state", "enabled"));
}
