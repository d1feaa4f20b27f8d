using System.Text.Json.Serialization;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Host.Settings;

/// <summary>Where traces and measurements of <c>hypergate serve</c> go.</summary>
internal sealed record TelemetrySettings
{
    [Setting("A collector of OpenTelemetry that takes OTLP. Without it nothing leaves the machine.", Example = "http://127.0.0.1:4318")]
    public Uri? Otlp { get; init; }

    [Setting("http: protocol buffers over HTTP, to v1/traces and so on below the address. grpc: over HTTP/2.")]
    public OtlpProtocol Protocol { get; init; }

    [Setting("Headers for the collector, as name=value, separated by commas.", Example = "\"authorization=Bearer ${env:OTLP_TOKEN}\"")]
    public Secret? Headers { get; init; }

    [Setting("Whether requests and calls are told as traces.")]
    public bool Traces { get; init; } = true;

    [Setting("Which part of the traces is told, from 0 to 1.", Minimum = 0, Maximum = 1)]
    public double TraceRatio { get; init; } = 1;

    [Setting("Whether measurements are told.")]
    public bool Metrics { get; init; } = true;

    [Setting("Whether calls are counted by operation as well: hypergate_calls has a label operation then, and as many more series as operations are called.")]
    public bool OperationLabel { get; init; }

    [Setting("Seconds between measurements.", Minimum = 1, Maximum = 3_600)]
    public int MetricsSeconds { get; init; } = 60;

    [Setting("The name of the service in traces and measurements.")]
    public string ServiceName { get; init; } = "hypergate";
}

/// <summary>How OTLP is spoken.</summary>
internal enum OtlpProtocol
{
    [JsonStringEnumMemberName("http")]
    Http,

    [JsonStringEnumMemberName("grpc")]
    Grpc,
}
