using System.Globalization;
using Hypergate.Host.Authentication;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Health;

/// <summary>Tells of keys that end soon: in the log at the start and once a day, and to whoever asks.</summary>
internal sealed partial class EndingKeys : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource _end = new();
    private readonly IApiKeyShelf _shelf;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Task _telling;

    public EndingKeys(IApiKeyShelf shelf, ILogger<EndingKeys> log, TimeProvider time)
    {
        (_shelf, _log, _time) = (shelf, log, time);
        _telling = TellAsync();
    }

    /// <summary>A line for each key that holds for seven days at most and has no successor of its name; nothing where the keys cannot be read, which is told elsewhere.</summary>
    public IReadOnlyList<string> Read()
    {
        try
        {
            return Of(_shelf.Read(), _time.GetUtcNow());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    internal static IReadOnlyList<string> Of(IReadOnlyList<ApiKey> keys, DateTimeOffset now) =>
    [
        .. keys.Where(key => key.EndsSoon(now) && !keys.Any(other => other.Name == key.Name && other.IsValid(now) && (other.Expires is null || other.Expires > key.Expires)))
            .Select(key => string.Create(CultureInfo.InvariantCulture, $"The key {key.Name} ({key.Id}) ends on {key.Expires!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC. A new one: hypergate keys rotate {key.Name}")),
    ];

    private async Task TellAsync()
    {
        while (true)
        {
            foreach (var line in Read())
            {
                Ending(_log, line);
            }

            await Task.Delay(Interval, _time, _end.Token);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Line}")]
    private static partial void Ending(ILogger logger, string line);
}
