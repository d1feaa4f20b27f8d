using Hypergate.Descriptions;

namespace Hypergate.Backends.Proxmox;

/// <summary>What Hypergate knows of Proxmox VE beyond the description that its nodes send.</summary>
public static class ProxmoxDescription
{
    private const string Console = "a console or a stream, which needs a web socket and a login instead of a token";
    private const string Login = "the gateway logs in by itself";
    private const string Content = "the answer or the body is a file, not something a model can read";
    private const string Internal = "a part of migration between nodes, of no use alone";

    public static DescriptionRules Rules { get; } = new()
    {
        AccessOf = ProxmoxAccess.Of,
        Excluded =
        [
            new("*/vncwebsocket", Console),
            new("*/vncproxy", Console),
            new("*/termproxy", Console),
            new("*/spiceproxy", Console),
            new("*/vncshell", Console),
            new("*/spiceshell", Console),
            new("*/mtunnelwebsocket", Internal),
            new("*/mtunnel", Internal),
            new("*/dbus-vmstate", Internal),
            new("/access/ticket", Login),
            new("/access/vncticket", Login),
            new("/access/openid", Login),
            new("/access/openid/*", Login),
            new("*/upload", Content),
            new("*/file-restore/download", Content),
            new("*/rrd", "it draws a picture on the node; the numbers are in rrddata"),
        ],

        // A file instead of an answer; and a word that callers use for the form of an answer.
        Switches = ["download", "format"],
        Vocabulary = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["qemu"] = "VM",
            ["lxc"] = "container",
            ["rrddata"] = "metrics",
            ["vzdump"] = "back up guests",
            ["aplinfo"] = "appliance template",
            ["ha"] = "HA",
            ["sdn"] = "SDN",
            ["acl"] = "ACL",
            ["dns"] = "DNS",
            ["lvm"] = "LVM",
            ["zfs"] = "ZFS",
            ["tfa"] = "TFA",
            ["apt"] = "APT",
            ["osd"] = "OSD",
            ["pci"] = "PCI",
            ["usb"] = "USB",
            ["cpu"] = "CPU",
            ["ip"] = "IP",
            ["acme"] = "ACME",
        },
    };
}
