using Hypergate.Schemas;

namespace Hypergate.Backends;

/// <summary>How long the gateway waits for a platform, in seconds.</summary>
public sealed record BackendSettingsTimeouts
{
    [Setting("Seconds for one request with all its tries.", Minimum = 1, Maximum = 3600)]
    public int RequestSeconds { get; init; } = 30;

    [Setting("Seconds for each request that is made to get ready: status and description.", Minimum = 1, Maximum = 600)]
    public int StartSeconds { get; init; } = 10;

    [Setting("Seconds for which a task that an operation starts is followed; after that the answer says that it goes on.", Minimum = 1, Maximum = 86400)]
    public int TaskSeconds { get; init; } = 3600;

    /// <summary>Keys are patterns as <see cref="OperationPattern"/> reads them.</summary>
    [Setting("Seconds for requests of some operations, by name or pattern. An exact name wins over a pattern, and of patterns the longest.",
        Minimum = 1, Maximum = 86400, Example = "{ ImportVm: 600 }")]
    public IReadOnlyDictionary<string, int> Operations { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>The time limit for one request of an operation.</summary>
    public TimeSpan LimitFor(Model.Operation operation)
    {
        var best = Operations.Keys
            .Where(pattern => OperationPattern.Matches(pattern, operation))
            .OrderBy(static pattern => pattern.Contains('*', StringComparison.Ordinal))
            .ThenByDescending(static pattern => pattern.Length)
            .ThenBy(static pattern => pattern, StringComparer.Ordinal)
            .FirstOrDefault();
        return TimeSpan.FromSeconds(best is null ? RequestSeconds : Operations[best]);
    }
}
