using System.Text.Json;

namespace Hypergate.Backends;

/// <summary>How a kind of platform gives an overview of itself: what to read, and what to make of it.</summary>
public sealed record SummaryRules
{
    /// <summary>Reads made side by side.</summary>
    public required IReadOnlyList<SummaryRead> Reads { get; init; }

    /// <summary>Makes the overview of what the reads gave, by their operation; a read that failed is absent.</summary>
    public required Func<IReadOnlyDictionary<string, JsonElement>, InfrastructureSummary> Make { get; init; }
}

/// <summary>One list to read.</summary>
/// <param name="Operation">Its name: <c>GetVms</c>.</param>
/// <param name="Fields">The fields that are needed of it, comma-separated.</param>
public sealed record SummaryRead(string Operation, string Fields);

/// <summary>An overview of one backend.</summary>
public sealed record InfrastructureSummary
{
    public IReadOnlyList<PoolSummary> Pools { get; init; } = [];

    public IReadOnlyList<HostSummary> Hosts { get; init; } = [];

    /// <summary>Guests by power state, in the platform's own words.</summary>
    public IReadOnlyDictionary<string, int> Vms { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<StorageSummary> Storage { get; init; } = [];

    /// <summary>What lists all hosts, where an overview shows only some: tool and operation.</summary>
    public string HostsRead { get; init; } = "hosts_query GetHosts";

    /// <summary>The same for storage.</summary>
    public string StorageRead { get; init; } = "srs_query GetSrs";

    /// <summary>What a person should look at, most urgent first.</summary>
    public IReadOnlyList<string> Attention { get; init; } = [];
}

public sealed record PoolSummary(string Name, string Id, int Hosts, int Running, int Vms);

/// <param name="MemoryUsed">Bytes.</param>
/// <param name="MemorySize">Bytes.</param>
public sealed record HostSummary(string Name, string Pool, string State, int Vms, int Cores, long MemoryUsed, long MemorySize);

/// <param name="Used">Bytes.</param>
/// <param name="Size">Bytes.</param>
public sealed record StorageSummary(string Name, string Type, bool Shared, long Used, long Size);
