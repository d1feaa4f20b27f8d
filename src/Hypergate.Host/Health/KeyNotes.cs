using System.Globalization;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Authentication;
using Hypergate.Schemas;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Health;

/// <summary>Tells of keys that end soon, and of those with roles that there are not: in the log at the start and once a day, and to whoever asks.</summary>
internal sealed partial class KeyNotes : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource _end = new();
    private readonly IApiKeyShelf _shelf;
    private readonly Func<RoleBook> _roles;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Task _telling;

    /// <param name="shelf">Where the keys lie.</param>
    /// <param name="roles">Those of this moment.</param>
    /// <param name="log">Where to.</param>
    /// <param name="time">The clock.</param>
    public KeyNotes(IApiKeyShelf shelf, Func<RoleBook> roles, ILogger<KeyNotes> log, TimeProvider time)
    {
        (_shelf, _roles, _log, _time) = (shelf, roles, log, time);
        _telling = TellAsync();
    }

    /// <summary>A line for each; nothing where the keys cannot be read, which is told elsewhere.</summary>
    public IReadOnlyList<string> Read()
    {
        try
        {
            var (keys, now) = (_shelf.Read(), _time.GetUtcNow());
            return [.. Ending(keys, now), .. WithoutRole(keys, _roles(), now)];
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

    /// <summary>Those that hold for seven days at most and have no successor of their name.</summary>
    internal static IReadOnlyList<string> Ending(IReadOnlyList<ApiKey> keys, DateTimeOffset now) =>
    [
        .. keys.Where(key => key.EndsSoon(now) && !keys.Any(other => other.Name == key.Name && other.IsValid(now) && (other.Expires is null || other.Expires > key.Expires)))
            .Select(key => string.Create(CultureInfo.InvariantCulture, $"The key {key.Name} ({key.Id}) ends on {key.Expires!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC. A new one: hypergate keys rotate {key.Name}")),
    ];

    /// <summary>Those with a role that there is not: it gives nothing.</summary>
    internal static IReadOnlyList<string> WithoutRole(IReadOnlyList<ApiKey> keys, RoleBook roles, DateTimeOffset now) =>
    [
        .. keys.Where(key => key.IsValid(now)).SelectMany(key => key.Roles.Where(role => roles.Find(role) is null)
            .Select(role => $"The key {key.Name} ({key.Id}) has the role '{role}', which there is not: it gives nothing.{(NearestName.Find(role, roles.Names) is { } near ? $" Is '{near}' meant?" : "")}")),
    ];

    private async Task TellAsync()
    {
        while (true)
        {
            foreach (var line in Read())
            {
                Note(_log, line);
            }

            await Task.Delay(Interval, _time, _end.Token);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Line}")]
    private static partial void Note(ILogger logger, string line);
}
