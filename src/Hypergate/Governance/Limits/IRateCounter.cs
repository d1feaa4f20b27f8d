namespace Hypergate.Governance.Limits;

/// <summary>Counts what callers do within a minute; for one process, or for all replicas together.</summary>
internal interface IRateCounter
{
    /// <summary>Takes one of so many a minute.</summary>
    /// <param name="key">Who, and of what.</param>
    /// <param name="perMinute">At least 1.</param>
    /// <param name="cancellationToken">Ends the wait for a store.</param>
    /// <returns>Null where there was one; else the seconds until the next.</returns>
    ValueTask<double?> TakeAsync(string key, int perMinute, CancellationToken cancellationToken);
}
