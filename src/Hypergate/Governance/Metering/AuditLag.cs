using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Hypergate.Governance.Metering;

/// <summary>How many records of the audit wait: ends of changes for the log itself, copies for the places that get them. Asked when somebody looks.</summary>
internal static class AuditLag
{
    private static readonly ConcurrentDictionary<string, ConcurrentDictionary<object, Func<long>>> Stores = new(StringComparer.Ordinal);
    private static readonly Meter Meter = new("Hypergate");

    static AuditLag() => Meter.CreateObservableGauge("hypergate_audit_lag_records", Measure, description: "Records of the audit that wait for the log or for a copy's place.");

    /// <summary>Counts with the others until it is forgotten.</summary>
    /// <param name="store">Where to: <c>log</c>, <c>syslog</c>, <c>otlp</c>.</param>
    /// <param name="of">Who keeps what waits.</param>
    /// <param name="waiting">How many wait at present.</param>
    public static void Watch(string store, object of, Func<long> waiting) => Stores.GetOrAdd(store, static _ => new(ReferenceEqualityComparer.Instance))[of] = waiting;

    /// <summary>Nothing waits there any more.</summary>
    public static void Forget(string store, object of) => Stores.GetValueOrDefault(store)?.TryRemove(of, out _);

    /// <summary>How many wait altogether.</summary>
    public static long Of(string store) => Stores.TryGetValue(store, out var sources) ? sources.Values.Sum(static waiting => waiting()) : 0;

    // A place that is gone has nothing waiting, which must be said: what is not said again stays as it was.
    private static IEnumerable<Measurement<long>> Measure() => Stores.Keys.Select(static store => new Measurement<long>(Of(store), new KeyValuePair<string, object?>("store", store)));
}
