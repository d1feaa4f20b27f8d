using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Hypergate.Host.Metrics;

/// <summary>Adds up what the meters of this process tell, so that it can be shown when somebody asks.</summary>
internal sealed class MeterReadings : IDisposable
{
    // Labels come from the inside, but a mistake there must not fill the memory.
    private const int MostSeries = 20_000;

    /// <summary>The meters that say something of a gateway.</summary>
    public static readonly string[] Heard = [GatewayMeters.Name, "Experimental.ModelContextProtocol", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private readonly ConcurrentDictionary<SeriesKey, Series> _series = new();
    private readonly MeterListener _listener = new();

    public MeterReadings()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (Heard.Contains(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<byte>((instrument, value, labels, _) => Add(instrument, value, labels));
        _listener.SetMeasurementEventCallback<short>((instrument, value, labels, _) => Add(instrument, value, labels));
        _listener.SetMeasurementEventCallback<int>((instrument, value, labels, _) => Add(instrument, value, labels));
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Add(instrument, value, labels));
        _listener.SetMeasurementEventCallback<float>((instrument, value, labels, _) => Add(instrument, value, labels));
        _listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Add(instrument, value, labels));
        _listener.SetMeasurementEventCallback<decimal>((instrument, value, labels, _) => Add(instrument, (double)value, labels));
        _listener.Start();
    }

    /// <summary>Everything that was told so far, and what observed instruments say now.</summary>
    public IReadOnlyList<(SeriesKey Key, Series Series)> Read()
    {
        _listener.RecordObservableInstruments();
        return [.. _series.OrderBy(static pair => pair.Key.Instrument.Name, StringComparer.Ordinal).ThenBy(static pair => pair.Key.Labels, StringComparer.Ordinal).Select(static pair => (pair.Key, pair.Value))];
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var key = new SeriesKey(instrument, PrometheusText.Labels(labels));
        if (_series.TryGetValue(key, out var series) || (_series.Count < MostSeries && (series = _series.GetOrAdd(key, static made => Series.For(made.Instrument))) is not null))
        {
            series.Add(value);
        }
    }
}

/// <summary>One instrument with one set of labels.</summary>
/// <param name="Labels">As Prometheus writes them, without braces.</param>
internal sealed record SeriesKey(Instrument Instrument, string Labels);
