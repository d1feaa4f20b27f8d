using Npgsql;

namespace Hypergate.Host.State.Postgres;

/// <summary>
/// The database that replicas share. The first who asks makes or migrates its tables. While it is away, whoever asks is told so at once,
/// and one of them tries again every half second.
/// </summary>
/// <remarks>Whatever goes wrong is an <see cref="IOException"/> whose text holds no credential.</remarks>
internal sealed class PostgresDatabase(NpgsqlDataSource source, string place, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _making = new(1, 1);
    private volatile bool _isMade;
    private Absence? _absence;

    /// <summary>Host and database, for people.</summary>
    public string Place => place;

    /// <summary>Makes or migrates the tables, where nobody did so far.</summary>
    public async Task StartAsync(CancellationToken cancellationToken) => await UseAsync(static (_, _) => Task.FromResult(true), cancellationToken);

    /// <summary>Reads, and once more where a connection has turned out to be dead.</summary>
    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(read, mayRetry: true, cancellationToken);
        }
        catch (DeadConnectionException)
        {
            return await UseAsync(read, cancellationToken);
        }
    }

    /// <summary>Does something with a connection.</summary>
    public Task<T> UseAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> use, CancellationToken cancellationToken) => RunAsync(use, mayRetry: false, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        _making.Dispose();
    }

    private async Task<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> use, bool mayRetry, CancellationToken cancellationToken)
    {
        RefuseWhileAway();
        var isOpen = false;
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            isOpen = true;
            await MakeAsync(connection, cancellationToken);
            var result = await use(connection, cancellationToken);
            Volatile.Write(ref _absence, null);
            return result;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw Failed(exception, isOpen && mayRetry);
        }
    }

    private void RefuseWhileAway()
    {
        if (Volatile.Read(ref _absence) is { } absence && absence.Until > time.GetUtcNow())
        {
            throw new IOException(absence.Problem);
        }
    }

    private IOException Failed(Exception exception, bool mayRetry)
    {
        var problem = $"The database {place} does not answer: {exception.Message}";
        if (exception is PostgresException { IsTransient: false, SqlState: not ['5', '7', ..] } refused)
        {
            return new IOException($"The database {place} refuses: {refused.MessageText}", exception);
        }

        // What was open before it went away is dead as well.
        source.Clear();
        if (mayRetry)
        {
            return new DeadConnectionException(problem, exception);
        }

        Volatile.Write(ref _absence, new(time.GetUtcNow() + Pause, problem));
        return new IOException(problem, exception);
    }

    private async Task MakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_isMade)
        {
            return;
        }

        await _making.WaitAsync(cancellationToken);
        try
        {
            if (!_isMade)
            {
                await PostgresSchema.MigrateAsync(connection, cancellationToken);
                _isMade = true;
            }
        }
        finally
        {
            _making.Release();
        }
    }

    private sealed record Absence(DateTimeOffset Until, string Problem);

    private sealed class DeadConnectionException(string message, Exception inner) : IOException(message, inner);
}
