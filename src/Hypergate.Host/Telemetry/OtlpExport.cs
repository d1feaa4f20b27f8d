using Hypergate.Host.Settings;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;

namespace Hypergate.Host.Telemetry;

/// <summary>What traces, measurements and copies of the audit have in common on their way to the collector.</summary>
internal static class OtlpExport
{
    private const int TimeoutMilliseconds = 5_000;

    /// <param name="exporter">What is set up.</param>
    /// <param name="settings">The collector.</param>
    /// <param name="path">Below its address, over HTTP.</param>
    public static void Apply(OtlpExporterOptions exporter, TelemetrySettings settings, string path)
    {
        var isHttp = settings.Protocol == OtlpProtocol.Http;
        exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = isHttp ? new Uri(settings.Otlp!.OriginalString.TrimEnd('/') + "/" + path) : settings.Otlp!;
        exporter.TimeoutMilliseconds = TimeoutMilliseconds;
        if (settings.Headers is { } headers)
        {
            exporter.Headers = headers.Reveal();
        }
    }

    public static ResourceBuilder Resource(TelemetrySettings settings) =>
        ResourceBuilder.CreateEmpty().AddService(settings.ServiceName, serviceVersion: ProductVersion.Text, serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}");
}
