using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;

namespace Hypergate.Tests.Security.Destinations;

/// <summary>Every connection that this process begins, from the runtime's own events: also those that nobody accepts.</summary>
internal sealed class Connections : EventListener
{
    private readonly ConcurrentQueue<string> _begun = new();

    /// <summary>Whether one was begun to a port, at whatever address.</summary>
    public bool WasBegunTo(int port) =>
        _begun.Any(address => address.Contains(string.Create(CultureInfo.InvariantCulture, $"{{{port >> 8},{port & 255},"), StringComparison.Ordinal));

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Net.Sockets")
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData is { EventName: "ConnectStart", Payload: [string address, ..] })
        {
            _begun?.Enqueue(address);
        }
    }
}
