using System.Threading.Channels;
using Hypergate.Governance.Metering;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Telemetry;

/// <summary>Sends lines to one place, in their order. While it is away the newest 10,000 wait; what does not fit is counted and told.</summary>
internal sealed partial class AuditCopying(IAuditCopy copy, ILogger log, TimeProvider time) : IAsyncDisposable
{
    private const int MostWaiting = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly Channel<ReadOnlyMemory<byte>> _waiting = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly CancellationTokenSource _end = new();

    // Guards the beginning of the one loop that sends.
    private readonly Lock _lock = new();
    private Task? _sending;
    private long _lost;
    private long _left;

    public void Take(ReadOnlyMemory<byte> line)
    {
        Interlocked.Increment(ref _left);
        if (!_waiting.Writer.TryWrite(line))
        {
            Interlocked.Increment(ref _lost);
            Interlocked.Decrement(ref _left);
        }

        if (_sending is null)
        {
            lock (_lock)
            {
                if (_sending is null)
                {
                    AuditLag.Watch(copy.Store, this, () => Interlocked.Read(ref _left));
                    _sending = Task.Run(SendAllAsync);
                }
            }
        }
    }

    /// <summary>What still waits gets two seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        AuditLag.Forget(copy.Store, this);
        _waiting.Writer.TryComplete();
        if (_sending is { } sending)
        {
            await Task.WhenAny(sending, Task.Delay(LastWords, time, CancellationToken.None));
            await _end.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await copy.DisposeAsync();
        _end.Dispose();
    }

    private async Task SendAllAsync()
    {
        await foreach (var line in _waiting.Reader.ReadAllAsync(_end.Token))
        {
            await SendAsync(line);
            Interlocked.Decrement(ref _left);
            if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
            {
                Lost(log, lost, copy.Place);
            }
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> line)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await copy.SendAsync(line, _end.Token);
                return;
            }
            catch (IOException exception)
            {
                if (attempt == 0)
                {
                    Away(log, copy.Place, exception.Message);
                }

                await Task.Delay(Pause, time, _end.Token);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Copies of the audit do not reach {Place}: {Problem} They wait; the audit itself goes on.")]
    private static partial void Away(ILogger logger, string place, string problem);

    [LoggerMessage(2, LogLevel.Warning, "{Count} copies of the audit were lost on the way to {Place}; the audit itself has them.")]
    private static partial void Lost(ILogger logger, long count, string place);
}
