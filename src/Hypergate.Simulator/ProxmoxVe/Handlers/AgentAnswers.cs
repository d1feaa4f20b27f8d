using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hypergate.Simulator.ProxmoxVe.Metrics;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>What an agent tells about its guest, a Debian.</summary>
internal static partial class AgentAnswers
{
    private static readonly string[] Commands =
    [
        "guest-ping", "guest-get-osinfo", "guest-get-host-name", "guest-network-get-interfaces", "guest-get-fsinfo", "guest-get-users", "guest-get-time",
        "guest-exec", "guest-exec-status", "guest-file-open", "guest-fsfreeze-status", "guest-fstrim",
    ];

    public static JsonObject OperatingSystem() => Row(
        ("id", "debian"), ("name", "Debian GNU/Linux"), ("pretty-name", "Debian GNU/Linux 13 (trixie)"), ("version", "13 (trixie)"), ("version-id", "13"),
        ("machine", "x86_64"), ("kernel-release", "6.12.0"), ("kernel-version", "#1 SMP"));

    public static JsonObject Info() => Row(
        ("version", "10.0.2"),
        ("supported_commands", Rows.Array(Commands.Select(static command => Row(("name", command), ("enabled", true), ("success-response", true))))));

    public static JsonArray Interfaces(Guest guest)
    {
        var interfaces = new List<JsonNode?> { Interface("lo", "00:00:00:00:00:00", Address("127.0.0.1", 8), Address("::1", 128)) };
        var cards = guest.Config.Values.Where(static entry => entry.Key.StartsWith("net", StringComparison.Ordinal)).ToList();
        if (cards.Count == 0)
        {
            interfaces.Add(Interface("eth0", "bc:24:11:00:00:00", Address("192.0.2.10", 24)));
        }

        foreach (var (index, card) in cards.Index())
        {
            var mac = Mac().Match(card.Value).Value.ToLowerInvariant();
            interfaces.Add(Interface($"eth{index}", mac, Address($"192.0.2.{(guest.VmId % 250) + 2}", 24), Address($"fe80::be24:11ff:fe00:{guest.VmId:x}", 64)));
        }

        return Rows.Array(interfaces);
    }

    public static JsonArray FileSystems(Guest guest)
    {
        var size = Figures.MaxDisk(guest);
        return new JsonArray(Row(
            ("name", "sda1"), ("mountpoint", "/"), ("type", "ext4"), ("total-bytes", size), ("used-bytes", size / 3), ("total-bytes-privileged", size),
            ("disk", new JsonArray(Row(("dev", "/dev/sda1"), ("bus-type", "scsi"), ("bus", 0), ("target", 0), ("unit", 0))))));
    }

    public static JsonArray Processors(Guest guest) => Rows.Array(Enumerable.Range(0, (int)Figures.Cpus(guest))
        .Select(static id => Row(("logical-id", id), ("online", true), ("can-offline", id > 0))));

    private static JsonObject Interface(string name, string mac, params IEnumerable<JsonNode> addresses) => Row(
        ("name", name), ("hardware-address", mac), ("ip-addresses", Rows.Array(addresses)),
        ("statistics", Row(("rx-bytes", 0), ("tx-bytes", 0), ("rx-packets", 0), ("tx-packets", 0), ("rx-errs", 0), ("tx-errs", 0), ("rx-dropped", 0), ("tx-dropped", 0))));

    private static JsonObject Address(string address, int prefix) => Row(
        ("ip-address", address), ("ip-address-type", address.Contains(':', StringComparison.Ordinal) ? "ipv6" : "ipv4"), ("prefix", prefix));

    [GeneratedRegex("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mac();
}
