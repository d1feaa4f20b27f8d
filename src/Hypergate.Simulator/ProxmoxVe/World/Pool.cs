namespace Hypergate.Simulator.ProxmoxVe.World;

/// <summary>A pool: guests and storages that are administered together.</summary>
internal sealed class Pool
{
    public required string Id { get; init; }

    public string? Comment { get; set; }

    public SortedSet<int> Guests { get; } = [];

    public SortedSet<string> Storages { get; } = new(StringComparer.Ordinal);
}
