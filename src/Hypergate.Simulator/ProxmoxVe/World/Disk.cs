using Hypergate.Simulator.ProxmoxVe.Validation;

namespace Hypergate.Simulator.ProxmoxVe.World;

/// <summary>A disk of a guest's configuration: its key, its volume and the other settings.</summary>
internal sealed record Disk(string Key, string Volume, IReadOnlyList<string> Options)
{
    /// <summary>Disks, and cloud-init and CD drives, which are attached as disks are.</summary>
    public static bool IsKey(string key) => Families.Stem(key) is "scsi" or "virtio" or "ide" or "sata" or "mp" or "efidisk" or "tpmstate" or "rootfs";

    public static bool IsUnused(string key) => Families.Stem(key) == "unused";

    public static Disk Parse(string key, string value)
    {
        var parts = value.Split(',');
        var volume = parts[0];
        foreach (var prefix in (string[])["file=", "volume="])
        {
            volume = volume.StartsWith(prefix, StringComparison.Ordinal) ? volume[prefix.Length..] : volume;
        }

        return new Disk(key, volume, parts[1..]);
    }

    /// <summary>The disks of a configuration.</summary>
    public static IEnumerable<Disk> Of(IReadOnlyDictionary<string, string> values) =>
        values.Where(static entry => IsKey(entry.Key)).Select(static entry => Parse(entry.Key, entry.Value));

    public string? Option(string name) =>
        Options.FirstOrDefault(option => option.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    public bool IsCdrom => Option("media") == "cdrom";

    public bool IsCloudInit => Volume.Contains("cloudinit", StringComparison.Ordinal);

    public long Size => DiskSize.Parse(Option("size")) ?? 0;

    /// <summary>The storage; null for <c>none</c> and for paths.</summary>
    public string? Storage => Volume.IndexOf(':', StringComparison.Ordinal) is > 0 and var at && !Volume.StartsWith('/') ? Volume[..at] : null;

    public string Text => string.Join(',', Options.Prepend(Volume));

    public Disk With(string name, string value) => this with
    {
        Options = [.. Options.Where(option => !option.StartsWith(name + "=", StringComparison.Ordinal)), $"{name}={value}"],
    };
}
