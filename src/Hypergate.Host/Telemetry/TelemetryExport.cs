using System.Runtime.CompilerServices;
using Hypergate.Host.Metrics;
using Hypergate.Host.Settings;
using Hypergate.Results.Secrets;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Hypergate.Host.Telemetry;

/// <summary>Traces and measurements on their way to a collector, as long as it lives.</summary>
internal sealed class TelemetryExport : IDisposable
{
    private const int LastWordsMilliseconds = 1_000;

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    private TelemetryExport(TelemetrySettings settings, SecretScrubber secrets)
    {
        _traces = settings.Traces ? Traces(settings, secrets) : null;
        _metrics = settings.Metrics ? Metrics(settings) : null;
    }

    /// <summary>Null where the settings name no collector; then nothing of the library is loaded.</summary>
    public static IDisposable? Start(TelemetrySettings settings, SecretScrubber secrets) => settings.Otlp is null ? null : Make(settings, secrets);

    /// <summary>Sends what still waits, as far as the collector takes it at once.</summary>
    public void Dispose()
    {
        Parallel.Invoke(() => _traces?.Shutdown(LastWordsMilliseconds), () => _metrics?.Shutdown(LastWordsMilliseconds));
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TelemetryExport Make(TelemetrySettings settings, SecretScrubber secrets) => new(settings, secrets);

    private static TracerProvider Traces(TelemetrySettings settings, SecretScrubber secrets) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(OtlpExport.Resource(settings))
        .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(settings.TraceRatio)))
        .AddSource(GatewayMeters.Name, "Microsoft.AspNetCore", "System.Net.Http", "Experimental.ModelContextProtocol")
        .AddProcessor(new TraceScrubbing(secrets))
        .AddOtlpExporter(exporter => OtlpExport.Apply(exporter, settings, "v1/traces"))
        .Build();

    private static MeterProvider Metrics(TelemetrySettings settings) => Sdk.CreateMeterProviderBuilder()
        .SetResourceBuilder(OtlpExport.Resource(settings))
        .AddMeter([.. MeterReadings.Heard])
        .AddOtlpExporter((exporter, reader) =>
        {
            OtlpExport.Apply(exporter, settings, "v1/metrics");
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = settings.MetricsSeconds * 1000;
        })
        .Build();
}
