using System.Diagnostics.Metrics;

namespace Hypergate.Host.Metrics;

/// <summary>What one instrument has told for one set of labels.</summary>
internal sealed class Series(SeriesKind kind, IReadOnlyList<double> bounds)
{
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    // Guards the numbers: instruments tell from many threads.
    private readonly Lock _lock = new();
    private readonly long[] _buckets = new long[bounds.Count];
    private double _sum;
    private long _count;

    public SeriesKind Kind => kind;

    public static Series For(Instrument instrument) => instrument switch
    {
        Histogram<double> or Histogram<long> or Histogram<int> or Histogram<float> => new(SeriesKind.Histogram, BoundsOf(instrument)),
        _ when instrument.GetType().Name.StartsWith("UpDownCounter", StringComparison.Ordinal) => new(SeriesKind.Sum, []),
        _ when instrument.GetType().Name.StartsWith("ObservableCounter", StringComparison.Ordinal) => new(SeriesKind.LastTotal, []),
        { IsObservable: true } => new(SeriesKind.Last, []),
        _ when instrument.GetType().Name.StartsWith("Gauge", StringComparison.Ordinal) => new(SeriesKind.Last, []),
        _ => new(SeriesKind.Total, []),
    };

    public void Add(double value)
    {
        lock (_lock)
        {
            _sum = kind is SeriesKind.Last or SeriesKind.LastTotal ? value : _sum + value;
            _count++;
            for (var at = 0; at < _buckets.Length; at++)
            {
                if (value <= bounds[at])
                {
                    _buckets[at]++;
                }
            }
        }
    }

    public Reading Read()
    {
        lock (_lock)
        {
            return new(_sum, _count, [.. bounds.Zip(_buckets)]);
        }
    }

    private static IReadOnlyList<double> BoundsOf(Instrument instrument) =>
        instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } advised } ? advised : Seconds;

    /// <summary>The numbers of one moment.</summary>
    /// <param name="Buckets">Upper bound, and how many were at most that.</param>
    internal sealed record Reading(double Value, long Count, IReadOnlyList<(double Bound, long Count)> Buckets);
}

internal enum SeriesKind
{
    /// <summary>Only rises; what is told is added.</summary>
    Total,

    /// <summary>Only rises; what is told is the total.</summary>
    LastTotal,

    /// <summary>Rises and falls; what is told is added.</summary>
    Sum,

    /// <summary>What is told is the value.</summary>
    Last,

    Histogram,
}
