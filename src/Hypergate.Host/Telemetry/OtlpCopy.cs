using System.Text;
using System.Text.Json;
using Hypergate.Host.Settings;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;

namespace Hypergate.Host.Telemetry;

/// <summary>Sends lines as log records of OpenTelemetry: the record's JSON as the body, and what one looks for as attributes.</summary>
internal sealed class OtlpCopy : IAuditCopy
{
    private static readonly string[] Attributes = ["seq", "phase", "caller", "backend", "operation", "access", "decision", "outcome"];

    private readonly ILoggerFactory _factory;
    private readonly ILogger _logger;

    public OtlpCopy(TelemetrySettings settings)
    {
        Place = settings.Otlp!.GetLeftPart(UriPartial.Authority);
        _factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.SetResourceBuilder(OtlpExport.Resource(settings));
            options.AddOtlpExporter((exporter, _) => OtlpExport.Apply(exporter, settings, "v1/logs"));
        }));
        _logger = _factory.CreateLogger("hypergate.audit");
    }

    public string Store => "otlp";

    public string Place { get; }

    /// <summary>The library keeps what is to be sent, and drops what does not fit.</summary>
    public Task SendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString(line.Span);
        var record = JsonElement.Parse(line.Span);
        var isBad = record.TryGetProperty("outcome", out var outcome) && outcome.GetString() is "refused" or "failed" or "internal error";
        KeyValuePair<string, object?>[] attributes =
        [
            .. Attributes.Where(name => record.TryGetProperty(name, out _)).Select(name => KeyValuePair.Create($"audit.{name}", (object?)record.GetProperty(name).ToString())),
        ];
        _logger.Log(isBad ? LogLevel.Warning : LogLevel.Information, new EventId(1, "audit"), attributes, null, (_, _) => text);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _factory.Dispose();
        return default;
    }
}
