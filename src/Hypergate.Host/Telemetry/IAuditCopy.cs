namespace Hypergate.Host.Telemetry;

/// <summary>A place that gets a copy of each record of the audit.</summary>
internal interface IAuditCopy : IAsyncDisposable
{
    /// <summary>What kind of place it is, for measurements: <c>syslog</c>, <c>otlp</c>.</summary>
    string Store { get; }

    /// <summary>For people.</summary>
    string Place { get; }

    /// <summary>Sends one line, without its line end.</summary>
    /// <exception cref="IOException">It could not be sent; it is tried again.</exception>
    Task SendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken);
}
