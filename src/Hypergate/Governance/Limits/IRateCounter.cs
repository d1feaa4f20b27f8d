namespace Hypergate.Governance.Limits;

/// <summary>Counts what callers do within a time; for one process, or for all replicas together.</summary>
internal interface IRateCounter
{
    /// <summary>Takes so much where it is there.</summary>
    /// <param name="key">Who, and of what.</param>
    /// <param name="limit">With at least 1.</param>
    /// <param name="amount">0 only looks whether nothing is owed.</param>
    /// <param name="cancellationToken">Ends the wait for a store.</param>
    /// <returns>Null where it was there; else the seconds until it is.</returns>
    ValueTask<double?> TakeAsync(string key, RateLimit limit, double amount, CancellationToken cancellationToken);

    /// <summary>Takes what was used up already, also where it was not there: then it is owed.</summary>
    ValueTask ChargeAsync(string key, RateLimit limit, double amount, CancellationToken cancellationToken);
}
