namespace Hypergate.Tools.Fleet.Metrics;

/// <summary>Long series in few points.</summary>
internal static class MetricsReduction
{
    private const int Digits = 4;

    /// <summary>At most so many points, each the mean, or the highest, of equally many; points without any value are left out.</summary>
    public static MetricsSeries To(MetricsSeries series, int points, bool maximum)
    {
        var filled = Filled(series);
        var perPoint = Math.Max(1, (filled.Times.Count + points - 1) / points);
        if (perPoint == 1)
        {
            return filled;
        }

        // Counted from the end, so that only the first point may stand for fewer.
        var first = filled.Times.Count % perPoint;
        var ends = new List<int>();
        for (var end = first == 0 ? perPoint : first; end <= filled.Times.Count; end += perPoint)
        {
            ends.Add(end);
        }

        return new MetricsSeries(
            filled.StepSeconds * perPoint,
            [.. ends.Select(end => filled.Times[end - 1])],
            filled.Values.ToDictionary(
                static entry => entry.Key,
                entry => ends.Select(end => Reduce(entry.Value.AsSpan(Math.Max(0, end - perPoint), Math.Min(end, perPoint)), maximum)).ToArray(),
                StringComparer.Ordinal));
    }

    /// <summary>The four numbers that say most; null for a metric without values.</summary>
    public static (double Min, double Mean, double Max, double Last)? Summary(double[] values)
    {
        var known = values.Where(double.IsFinite).ToList();
        return known.Count == 0 ? null : (Rounded(known.Min()), Rounded(known.Average()), Rounded(known.Max()), Rounded(known[^1]));
    }

    /// <summary>Four significant digits are more than anybody measures; large whole numbers stay whole.</summary>
    public static double Rounded(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value;
        }

        var decimals = Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return decimals >= 0 ? Math.Round(value, Math.Min(decimals, 15)) : Math.Round(value);
    }

    private static MetricsSeries Filled(MetricsSeries series)
    {
        var kept = Enumerable.Range(0, series.Times.Count).Where(index => series.Values.Values.Any(values => double.IsFinite(values[index]))).ToList();
        return kept.Count == series.Times.Count
            ? series
            : new MetricsSeries(
                series.StepSeconds,
                [.. kept.Select(index => series.Times[index])],
                series.Values.ToDictionary(static entry => entry.Key, entry => kept.Select(index => entry.Value[index]).ToArray(), StringComparer.Ordinal));
    }

    private static double Reduce(ReadOnlySpan<double> values, bool maximum)
    {
        var (sum, count, most) = (0.0, 0, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                (sum, count, most) = (sum + value, count + 1, Math.Max(most, value));
            }
        }

        return count == 0 ? double.NaN : maximum ? most : sum / count;
    }
}
