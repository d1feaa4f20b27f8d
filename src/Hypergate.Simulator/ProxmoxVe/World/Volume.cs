namespace Hypergate.Simulator.ProxmoxVe.World;

/// <summary>A disk, a backup, an ISO image or a template on a storage.</summary>
internal sealed class Volume
{
    /// <summary><c>STORAGE:NAME</c>.</summary>
    public required string VolumeId { get; set; }

    /// <summary><c>images rootdir backup iso vztmpl snippets import</c>.</summary>
    public required string Content { get; init; }

    public required string Format { get; set; }

    /// <summary>The node that holds it; on a shared storage the one that made it.</summary>
    public required string Node { get; set; }

    public long Size { get; set; }

    public long Used { get; set; }

    public int? VmId { get; set; }

    /// <summary>Unix seconds.</summary>
    public long Created { get; init; }

    public string? Notes { get; set; }

    public bool Protected { get; set; }

    /// <summary>The image that it stands on, as the storage tells it.</summary>
    public string? Parent { get; init; }

    /// <summary>The guest's configuration in a backup.</summary>
    public SortedDictionary<string, string>? SavedConfig { get; init; }

    /// <summary><c>qemu</c> or <c>lxc</c>, for backups.</summary>
    public string? Subtype { get; init; }

    public string Name => VolumeId[(VolumeId.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
