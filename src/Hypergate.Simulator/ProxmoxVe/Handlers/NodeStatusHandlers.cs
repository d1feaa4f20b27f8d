using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Metrics;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>A node: its state, its network, its certificate, and what can be done to all its guests.</summary>
internal static class NodeStatusHandlers
{
    private const string Kernel = "6.14.8-2-pve";
    private const string KernelVersion = "#1 SMP PREEMPT_DYNAMIC @0";

    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /nodes/{node}/status", static call => Status(call.Cluster, call.Cluster.Node(call.Node)!));
        table.Add("POST /nodes/{node}/status", static _ => null);
        table.Add("GET /nodes/{node}/network", Network);
        table.Add("GET /nodes/{node}/certificates/info", static call => new JsonArray(Certificate(call.Cluster, call.Cluster.Node(call.Node)!)));
        table.Add("GET /nodes/{node}/time", static call => Row(
            ("time", call.Cluster.Seconds), ("localtime", call.Cluster.Seconds), ("timezone", "UTC")));
        table.Add("GET /nodes/{node}/dns", static _ => Row(("search", "example.test"), ("dns1", "192.0.2.53")));
        table.Add("GET /nodes/{node}/config", static _ => Row(("digest", ConfigDigest.Of("node"))));
        table.Add("GET /nodes/{node}/subscription", static _ => Row(("status", "notfound"), ("message", "There is no subscription key"), ("url", "https://www.proxmox.com/en/proxmox-virtual-environment/pricing")));
        table.Add("POST /nodes/{node}/startall", static call => All(call, "startall", static guest => guest.State == RunState.Stopped && !guest.IsTemplate, static (cluster, guest) => GuestPower.TurnOn(cluster, guest)));
        table.Add("POST /nodes/{node}/stopall", static call => All(call, "stopall", static guest => guest.State != RunState.Stopped, static (_, guest) => GuestPower.TurnOff(guest)));
        table.Add("POST /nodes/{node}/suspendall", static call => All(call, "suspendall", static guest => guest is { State: RunState.Running, IsQemu: true }, static (_, guest) => guest.State = RunState.Paused));
    }

    private static JsonObject Status(Cluster cluster, ClusterNode node)
    {
        var now = cluster.Now;
        var used = Figures.NodeMemory(cluster, node, now);
        var disk = Figures.NodeDisk(cluster, node);
        var load = Figures.NodeCpu(cluster, node, now) * node.Cores;
        return Row(
            ("uptime", Figures.NodeUptime(cluster, node)), ("cpu", Figures.NodeCpu(cluster, node, now)), ("wait", 0.001), ("idle", 0),
            ("loadavg", new JsonArray(Load(load), Load(load * 0.9), Load(load * 0.8))),
            ("memory", Row(("total", node.MaxMemory), ("used", used), ("free", node.MaxMemory - used), ("available", node.MaxMemory - used))),
            ("swap", Row(("total", 8L << 30), ("used", 0), ("free", 8L << 30))),
            ("rootfs", Row(("total", node.MaxDisk), ("used", disk), ("free", node.MaxDisk - disk), ("avail", node.MaxDisk - disk))),
            ("ksm", Row(("shared", 0))), ("boot-info", Row(("mode", "legacy-bios"))), ("pveversion", $"pve-manager/{cluster.Options.Version}/14a22df3"),
            ("kversion", $"Linux {Kernel} {KernelVersion}"),
            ("current-kernel", Row(("release", Kernel), ("sysname", "Linux"), ("machine", "x86_64"), ("version", KernelVersion))),
            ("cpuinfo", Row(
                ("cpus", node.Cores), ("cores", node.Cores / 2), ("sockets", 1), ("mhz", "3799.998"), ("model", "Simulated Processor @ 3.80GHz"),
                ("vendor", "GenuineIntel"), ("hvm", "1"), ("flags", "fpu vme de pse tsc msr pae"), ("user_hz", 100), ("family", "6"))));
    }

    private static string Load(double load) => load.ToString("0.00", CultureInfo.InvariantCulture);

    private static JsonArray Network(Call call)
    {
        var address = call.Cluster.Node(call.Node)!.Address;
        JsonObject[] interfaces =
        [
            Row(
                ("iface", "vmbr0"), ("type", "bridge"), ("active", 1), ("autostart", 1), ("address", address), ("netmask", "24"), ("cidr", $"{address}/24"),
                ("gateway", "192.0.2.1"), ("bridge_ports", "eno1"), ("bridge_stp", "off"), ("bridge_fd", "0"), ("method", "static"), ("method6", "manual"),
                ("families", new JsonArray("inet")), ("priority", 4)),
            Row(
                ("iface", "eno1"), ("type", "eth"), ("active", 1), ("exists", 1), ("method", "manual"), ("method6", "manual"),
                ("families", new JsonArray("inet")), ("priority", 3)),
        ];
        var type = call["type"];
        return Rows.Array(interfaces.Where(row => type is null or "any_bridge" or "include_sdn" || row["type"]!.GetValue<string>() == type));
    }

    private static JsonObject Certificate(Cluster cluster, ClusterNode node) => Row(
        ("filename", "pve-ssl.pem"), ("fingerprint", node.SslFingerprint), ("subject", $"/O=simulated cluster/CN={node.Name}.example.test"),
        ("issuer", "/O=simulated cluster/CN=Cluster Manager CA"), ("notbefore", cluster.Started.AddDays(-30).ToUnixTimeSeconds()),
        ("notafter", cluster.Started.AddDays(700).ToUnixTimeSeconds()), ("public-key-type", "rsaEncryption"), ("public-key-bits", 2048),
        ("san", new JsonArray("127.0.0.1", "localhost", node.Name)));

    private static JsonNode All(Call call, string type, Predicate<Guest> fits, Action<Cluster, Guest> act)
    {
        var asked = call.Parameters.List("vms");
        var guests = call.Cluster.Guests.Values
            .Where(guest => guest.Node == call.Node && fits(guest) && (asked.Count == 0 || asked.Contains($"{guest.VmId}")))
            .Where(guest => call.May($"/vms/{guest.VmId}", "VM.PowerMgmt"))
            .ToList();
        return call.Start(type, "", task => Acting(call.Cluster, guests, task.Log, act));
    }

    private static IEnumerable<TimeSpan> Acting(Cluster cluster, List<Guest> guests, Action<string> log, Action<Cluster, Guest> act)
    {
        foreach (var guest in guests)
        {
            log($"{guest.Label}: done");
            act(cluster, guest);
            yield return TimeSpan.FromSeconds(1);
        }
    }
}
