using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hypergate.Inventory.Proxmox;

/// <summary>The configuration of a guest, and what its keys mean.</summary>
internal sealed partial class ProxmoxConfig(JsonElement item)
{
    private const long MiB = 1 << 20;

    public JsonElement Item => item;

    /// <summary>In MiB on the platform; newer ones write <c>current=4096</c>.</summary>
    public long? MemoryBytes => (PropertyString.Parse(item.Text("memory")) is var memory && long.TryParse(memory.Unnamed ?? memory.Text("current"), CultureInfo.InvariantCulture, out var size) ? size : item.Int("memory")) * MiB;

    public long? BalloonBytes => item.Int("balloon") * MiB;

    public long? SwapBytes => item.Int("swap") * MiB;

    public PropertyString Of(string key) => PropertyString.Parse(item.Text(key));

    public bool AgentEnabled => Of("agent") is var agent && (PropertyString.FlagOf(agent.Unnamed) ?? agent.Flag("enabled")) == true;

    /// <summary>Disks and drives, in the order of their keys.</summary>
    public IEnumerable<(string Key, PropertyString Value)> Disks => Keys(DiskKey());

    public IEnumerable<(string Key, PropertyString Value)> Nics => Keys(NicKey());

    public static bool IsDiskKey(string key) => DiskKey().IsMatch(key);

    /// <summary>The storage of a volume; null for <c>none</c>, <c>cdrom</c> and paths of the host.</summary>
    public static string? StorageOf(string? volume) =>
        volume?.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && volume[0] != '/' ? volume[..colon] : null;

    /// <summary>The format of a disk as its option says, or the ending of its file.</summary>
    public static string? FormatOf(PropertyString disk)
    {
        var file = disk.Unnamed ?? disk.Text("file") ?? disk.Text("volume");
        var ending = file?.LastIndexOf('.') is > 0 and var dot ? file[(dot + 1)..] : null;
        return disk.Text("format") ?? (ending is "qcow2" or "raw" or "vmdk" or "subvol" or "iso" ? ending : null);
    }

    private IEnumerable<(string Key, PropertyString Value)> Keys(Regex pattern) => item.ValueKind != JsonValueKind.Object
        ? []
        : item.EnumerateObject()
            .Where(property => pattern.IsMatch(property.Name))
            .OrderBy(static property => property.Name.TrimEnd("0123456789".ToCharArray()), StringComparer.Ordinal)
            .ThenBy(static property => property.Name.Length)
            .ThenBy(static property => property.Name, StringComparer.Ordinal)
            .Select(static property => (property.Name, PropertyString.Parse(property.Value.AsText())));

    [GeneratedRegex("^(?:(?:scsi|virtio|sata|ide|efidisk|tpmstate|unused|mp)[0-9]{1,3}|rootfs)$", RegexOptions.None, 1_000)]
    private static partial Regex DiskKey();

    [GeneratedRegex("^net[0-9]{1,2}$", RegexOptions.None, 1_000)]
    private static partial Regex NicKey();
}
