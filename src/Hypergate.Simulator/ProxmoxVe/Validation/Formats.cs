using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Hypergate.Simulator.ProxmoxVe.Server;

namespace Hypergate.Simulator.ProxmoxVe.Validation;

/// <summary>The named formats whose faults the platform tells apart; others are taken as they are.</summary>
internal static partial class Formats
{
    private static readonly HashSet<string> StorageContent = ["images", "rootdir", "vztmpl", "iso", "backup", "snippets", "import", "none"];

    private static readonly Dictionary<string, Func<string, string?>> Known = new()
    {
        ["pve-configid"] = static text => ConfigId().IsMatch(text) ? null : $"invalid configuration ID '{text}'",
        ["pve-vmid"] = static text => VmId().IsMatch(text) ? null : "value does not look like a valid VM ID",
        ["pve-node"] = static text => NodeName().IsMatch(text) ? null : "value does not look like a valid node name",
        ["pve-ha-node"] = static text => HaNode().IsMatch(text) ? null : "value does not look like a valid ha node name",
        ["pve-storage-id"] = static text => StorageId().IsMatch(text) ? null : $"storage ID '{text}' contains illegal characters",
        ["pve-volume-id"] = static text => VolumeId().IsMatch(text) ? null : $"unable to parse volume ID '{text}'",
        ["pve-tag"] = static text => Tag().IsMatch(text) ? null : "invalid characters in tag",
        ["pve-userid"] = static text => UserId().IsMatch(text) ? null : $"value '{text}' does not look like a valid user name",
        ["pve-tokenid"] = static text => TokenText().IsMatch(text) ? null : $"value '{text}' does not look like a valid token ID",
        ["pve-groupid"] = static text => PlainId().IsMatch(text) ? null : $"group name '{text}' contains invalid characters",
        ["pve-roleid"] = static text => PlainId().IsMatch(text) ? null : $"role name '{text}' contains invalid characters",
        ["pve-poolid"] = static text => PoolId().IsMatch(text) ? null : $"pool name '{text}' contains invalid characters",
        ["pve-realm"] = static text => RealmId().IsMatch(text) ? null : $"value does not look like a valid realm",
        ["pve-priv"] = static text => Access.Privileges.All.Contains(text) ? null : $"invalid privilege '{text}'",
        ["mac-addr"] = static text => Mac().IsMatch(text) ? null : "value does not look like a valid unicast MAC address",
        ["ipv4"] = static text => IsAddress(text, AddressFamily.InterNetwork) ? null : "value does not look like a valid IPv4 address",
        ["ipv6"] = static text => IsAddress(text, AddressFamily.InterNetworkV6) ? null : "value does not look like a valid IPv6 address",
        ["ip"] = static text => IsIp(text) ? null : "value does not look like a valid IP address",
        ["CIDR"] = static text => IsCidr(text) ? null : "value does not look like a valid CIDR network",
        ["CIDRv4"] = static text => IsCidr(text) && !text.Contains(':', StringComparison.Ordinal) ? null : "value does not look like a valid IPv4 CIDR network",
        ["CIDRv6"] = static text => IsCidr(text) && text.Contains(':', StringComparison.Ordinal) ? null : "value does not look like a valid IPv6 CIDR network",
        ["dns-name"] = static text => DnsName().IsMatch(text) ? null : "value does not look like a valid DNS name",
        ["address"] = static text => IsIp(text) || DnsName().IsMatch(text) ? null : $"value does not look like a valid address: {text}",
        ["email"] = static text => Email().IsMatch(text) ? null : "value does not look like a valid email address",
        ["email-or-username"] = static text =>
            Email().IsMatch(text) || Tag().IsMatch(text) ? null : "value does not look like a valid email address or user name",
        ["pve-iface"] = static text => Interface().IsMatch(text) ? null : $"invalid network interface name '{text}'",
        ["urlencoded"] = static text => UrlEncoded().IsMatch(text) ? null : $"invalid urlencoded string: {text}",
        ["disk-size"] = static text => DiskSize().IsMatch(text) ? null : $"value does not look like a valid disk size: {text}",
        ["pve-startup-order"] = static text => Startup().IsMatch(text) ? null : "unable to parse startup options",
        ["pve-calendar-event"] = static text => CalendarEvent().IsMatch(text) ? null : $"invalid calendar event '{text}' - unable to parse calendar event",
        ["storage-pair"] = static text => StoragePair().IsMatch(text) ? null : $"'{text}' does not look like a valid pve-storage-id pair",
        ["pve-replication-job-id"] = static text => ReplicationId().IsMatch(text) ? null : $"invalid replication job id '{text}'",
        ["pve-storage-content"] = static text =>
            StorageContent.Contains(text) ? null : $"invalid content type '{text}'",
        ["pve-lxc-mp-string"] = static text => text.StartsWith('/') ? null : $"invalid mountpoint path '{text}'",
        ["pve-qm-bootdisk"] = static text => BootDisk().IsMatch(text) ? null : $"invalid boot disk '{text}'",
        ["pve-task-status-type"] = static text =>
            text is "ok" or "error" or "warning" or "unknown" ? null : $"invalid status '{text}'",
    };

    /// <summary>What is wrong, with its new line; null where nothing is, or the format is not checked.</summary>
    public static string? Fault(string format, string text)
    {
        if (format.EndsWith("-opt", StringComparison.Ordinal))
        {
            return text.Length == 0 ? null : Fault(format[..^4], text);
        }

        if (format.EndsWith("-list", StringComparison.Ordinal))
        {
            return Parameters.Split(text).Select(item => Fault(format[..^5], item)).FirstOrDefault(static fault => fault is not null);
        }

        return Known.TryGetValue(format, out var check) && check(text) is { } fault ? fault + "\n" : null;
    }

    private static bool IsAddress(string text, AddressFamily family) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == family && (family == AddressFamily.InterNetworkV6 || text.Split('.').Length == 4);

    private static bool IsIp(string text) => IsAddress(text, AddressFamily.InterNetwork) || IsAddress(text, AddressFamily.InterNetworkV6);

    private static bool IsCidr(string text) =>
        text.Split('/') is [var address, var prefix] && IsIp(address) && int.TryParse(prefix, System.Globalization.CultureInfo.InvariantCulture, out var bits)
        && bits > 7 && bits <= (address.Contains(':', StringComparison.Ordinal) ? 128 : 32);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ConfigId();

    [GeneratedRegex("^[1-9][0-9]{2,8}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex VmId();

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NodeName();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(:\d+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HaNode();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9\-_.]*[A-Za-z0-9]$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex StorageId();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9\-_.]*[A-Za-z0-9]:.+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex VolumeId();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_\-+.]*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"^[^\s:/]+@[A-Za-z][A-Za-z0-9.\-_]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UserId();

    [GeneratedRegex(@"^[^\s:/]+@[A-Za-z][A-Za-z0-9.\-_]+![A-Za-z][A-Za-z0-9.\-_]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TokenText();

    [GeneratedRegex(@"^[A-Za-z0-9.\-_]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PlainId();

    [GeneratedRegex(@"^[A-Za-z0-9.\-_]+(/[A-Za-z0-9.\-_]+){0,2}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PoolId();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9.\-_]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RealmId();

    [GeneratedRegex("^[A-Fa-f0-9][02468ACEace](:[A-Fa-f0-9]{2}){5}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mac();

    [GeneratedRegex(@"^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DnsName();

    [GeneratedRegex(@"^[\w+\-~]+(\.[\w+\-~]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Email();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]{1,20}([:.]\d+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Interface();

    [GeneratedRegex("^[-%A-Za-z0-9_.!~*'()]*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UrlEncoded();

    [GeneratedRegex(@"^\d+(\.\d+)?[KMGT]?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DiskSize();

    [GeneratedRegex(@"^((order=)?\d+|up=\d+|down=\d+)(,((order=)?\d+|up=\d+|down=\d+))*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Startup();

    [GeneratedRegex(@"^[A-Za-z0-9*:.,/ \-]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CalendarEvent();

    [GeneratedRegex(@"^(1|[A-Za-z][A-Za-z0-9\-_.]*[A-Za-z0-9](:[A-Za-z][A-Za-z0-9\-_.]*[A-Za-z0-9])?)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StoragePair();

    [GeneratedRegex(@"^[1-9][0-9]{2,8}-\d{1,9}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ReplicationId();

    [GeneratedRegex(@"^(ide|sata|scsi|virtio)\d+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BootDisk();
}
