namespace Hypergate.Simulator.ProxmoxVe.World;

/// <summary>A storage of the cluster's configuration.</summary>
internal sealed class Storage
{
    public required string Id { get; init; }

    /// <summary><c>dir nfs lvmthin zfspool rbd pbs …</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The folder that its files lie in, for those that have one.</summary>
    public string Path { get; set; } = "";

    public HashSet<string> Content { get; init; } = [];

    public bool Shared { get; set; }

    public bool Disabled { get; set; }

    /// <summary>The nodes that have it; empty: all.</summary>
    public HashSet<string> Nodes { get; init; } = [];

    /// <summary>The nodes on which it cannot be reached now.</summary>
    public HashSet<string> InactiveOn { get; } = [];

    /// <summary>The nodes that tell no numbers about it.</summary>
    public HashSet<string> SilentOn { get; } = [];

    public long Total { get; set; }

    /// <summary>What is used beside the volumes that are known.</summary>
    public long UsedOtherwise { get; set; }

    /// <summary>The other settings, as they were given.</summary>
    public SortedDictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    public List<Volume> Volumes { get; } = [];

    public bool IsFileBased => Type is "dir" or "nfs" or "cifs" or "cephfs" or "btrfs";

    public bool OnNode(string node) => Nodes.Count == 0 || Nodes.Contains(node);

    /// <summary>What is used as one node sees it.</summary>
    public long Used(string node) => UsedOtherwise + Volumes.Where(volume => Shared || volume.Node == node).Sum(static volume => volume.Used);
}
