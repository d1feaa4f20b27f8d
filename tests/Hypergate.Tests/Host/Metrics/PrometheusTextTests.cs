using System.Diagnostics.Metrics;
using Hypergate.Host.Metrics;

namespace Hypergate.Tests.Host.Metrics;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Every_kind_of_instrument_is_written_as_prometheus_reads_it()
    {
        using var meter = new Meter(GatewayMeters.Name);
        using var readings = new MeterReadings();
        var counter = meter.CreateCounter<long>("test.calls", description: "Calls\nof \\ all");
        var histogram = meter.CreateHistogram<double>("test.duration", "s");
        var open = meter.CreateUpDownCounter<int>("test.open");
        meter.CreateObservableGauge("test.size", static () => 7, "By");
        counter.Add(2, new KeyValuePair<string, object?>("who", "a \"b\""), new KeyValuePair<string, object?>("backend", "x"));
        counter.Add(3, new KeyValuePair<string, object?>("backend", "x"), new KeyValuePair<string, object?>("who", "a \"b\""));
        histogram.Record(0.02);
        histogram.Record(100);
        open.Add(2);
        open.Add(-1);

        var lines = PrometheusText.Write(readings.Read()).Split('\n').Where(static line => line.Contains("test_", StringComparison.Ordinal)).ToList();

        Assert.Contains("# HELP test_calls_total Calls\\nof \\\\ all", lines);
        Assert.Contains("# TYPE test_calls_total counter", lines);
        Assert.Contains("test_calls_total{backend=\"x\",who=\"a \\\"b\\\"\"} 5", lines);
        Assert.Contains("# TYPE test_duration_seconds histogram", lines);
        Assert.Contains("test_duration_seconds_bucket{le=\"0.01\"} 0", lines);
        Assert.Contains("test_duration_seconds_bucket{le=\"0.025\"} 1", lines);
        Assert.Contains("test_duration_seconds_bucket{le=\"+Inf\"} 2", lines);
        Assert.Contains("test_duration_seconds_count 2", lines);
        Assert.Contains("test_open 1", lines);
        Assert.Contains("test_size_bytes 7", lines);
    }
}
