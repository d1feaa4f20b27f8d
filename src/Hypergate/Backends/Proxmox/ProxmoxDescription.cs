using Hypergate.Descriptions;

namespace Hypergate.Backends.Proxmox;

/// <summary>What Hypergate knows of Proxmox VE beyond the description that its nodes send.</summary>
public static class ProxmoxDescription
{
    private const string Console = "a console or a stream, which needs a web socket and a login instead of a token";
    private const string Login = "the gateway logs in by itself";
    private const string Content = "the answer or the body is a file, not something a model can read";
    private const string Internal = "a part of migration between nodes, of no use alone";

    private static readonly string[] Tasks = ["starttime", "endtime", "type", "id", "status", "node", "user", "upid"];
    private static readonly string[] Guests = ["vmid", "name", "status", "cpu", "cpus", "mem", "maxmem", "maxdisk", "uptime", "tags", "lock", "template"];
    private static readonly string[] Snapshots = ["name", "snaptime", "parent", "vmstate", "description"];

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

        OrderedRoutes = ["*/tasks", "*/log", "*/syslog", "*/journal", "*/rrddata"],
        ShownFields = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["/cluster/resources"] = ["id", "type", "name", "node", "status", "cpu", "maxcpu", "mem", "maxmem", "disk", "maxdisk", "uptime", "pool", "tags", "lock", "hastate", "template", "storage", "plugintype"],
            ["/cluster/tasks"] = Tasks,
            ["/nodes"] = ["node", "status", "cpu", "maxcpu", "mem", "maxmem", "disk", "maxdisk", "uptime", "level"],
            ["/nodes/{node}/tasks"] = Tasks,
            ["/nodes/{node}/qemu"] = Guests,
            ["/nodes/{node}/lxc"] = Guests,
            ["/nodes/{node}/storage"] = ["storage", "type", "content", "active", "enabled", "shared", "used", "total", "avail"],
            ["/nodes/{node}/storage/{storage}/content"] = ["volid", "content", "format", "size", "vmid", "ctime", "notes", "protected", "parent"],
            ["/nodes/{node}/qemu/{vmid}/snapshot"] = Snapshots,
            ["/nodes/{node}/lxc/{vmid}/snapshot"] = Snapshots,
            ["/nodes/{node}/tasks/{upid}/log"] = ["n", "t"],
        },
        Prominent =
        [
            "vmid", "newid", "name", "hostname", "memory", "cores", "sockets", "storage", "ostemplate", "rootfs", "archive", "target", "online", "full",
            "mode", "compress", "snapname", "description", "vmstate", "disk", "size", "tags", "onboot", "delete", "digest", "ostype", "boot", "pool",
            "enabled", "comment", "source", "limit", "start", "since", "until", "errors", "typefilter", "type", "content",
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
