using System.Globalization;
using Hypergate.Governance.State;
using Npgsql;

namespace Hypergate.Host.State.Postgres;

/// <summary>Messages in a table, announced by the database; and a sign of life every five seconds.</summary>
/// <remarks>Messages are kept for a minute. Who was away for longer has missed what concerned calls that have ended meanwhile.</remarks>
internal sealed class PostgresReplica(PostgresDatabase database, NpgsqlConnectionStringBuilder address, TimeProvider time) : Replica, IAsyncDisposable
{
    private const string Channel = "hypergate";
    private const int SilentSeconds = 20;
    private const int MostKnown = 50_000;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();
    private Task _listening = Task.CompletedTask;
    private Task _living = Task.CompletedTask;

    // What was heard, and what was said before this replica began: neither is heard again.
    private readonly HashSet<long> _known = [];
    private readonly TaskCompletionSource _isListening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTime _began;

    public override IStateStore Store { get; } = new PostgresStateStore(database);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken);
        _began = await database.ReadAsync(NowAsync, cancellationToken);
        _living = AgainAsync(Beat, BeatAsync);
        _listening = AgainAsync(Pause, ListenAsync);
        await Task.WhenAny(_isListening.Task, Task.Delay(Patience, time, cancellationToken));
    }

    public override Task TellAsync(ReplicaMessage message, CancellationToken cancellationToken) => database.UseAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand(
                $"with added as (insert into hypergate.mail (sender, topic, key, body) values ($1, $2, $3, $4) returning id) select pg_notify('{Channel}', id::text) from added", connection)
            {
                Parameters = { new() { Value = Id }, new() { Value = message.Topic }, new() { Value = message.Key }, new() { Value = message.Body } },
            };
            return await command.ExecuteNonQueryAsync(token);
        },
        cancellationToken);

    public override Task<bool> IsAliveAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand("select 1 from hypergate.replicas where id = $1 and seen > now() - make_interval(secs => $2)", connection)
            {
                Parameters = { new() { Value = id }, new() { Value = (double)SilentSeconds } },
            };
            return await command.ExecuteScalarAsync(token) is not null;
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_listening, _living).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AgainAsync(TimeSpan pause, Func<CancellationToken, Task> act)
    {
        while (true)
        {
            try
            {
                await act(_end.Token);
            }
            catch (Exception exception) when (exception is IOException or NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
            {
                // The database is away; it is tried again.
            }

            await Task.Delay(pause, time, _end.Token);
        }
    }

    private static async Task<DateTime> NowAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select clock_timestamp()", connection);
        return (DateTime)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    // What is old goes with the beat, whoever left it.
    private Task BeatAsync(CancellationToken cancellationToken) => database.UseAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand(
                """
                insert into hypergate.replicas (id, seen) values ($1, now()) on conflict (id) do update set seen = now();
                delete from hypergate.mail where at < now() - interval '1 minute';
                delete from hypergate.rates where at < now() - interval '1 hour';
                delete from hypergate.replicas where seen < now() - interval '1 day'
                """.Replace("$1", string.Create(CultureInfo.InvariantCulture, $"'{Id}'"), StringComparison.Ordinal),
                connection);
            return await command.ExecuteNonQueryAsync(token);
        },
        cancellationToken);

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        // Its own connection, outside of the pool: it waits all the time.
        var own = new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false, KeepAlive = 10 };
        await using var connection = new NpgsqlConnection(own.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var heard = new List<long>();
        connection.Notification += (_, news) =>
        {
            if (long.TryParse(news.Payload, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                heard.Add(id);
            }
        };
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        // What was said while nobody listened here.
        HearAll(await ReadAsync("at > $3 and not id = any($1)", [.. _known], cancellationToken));
        _isListening.TrySetResult();
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
            long[] ids = [.. heard.Where(id => !_known.Contains(id))];
            heard.Clear();
            HearAll(await ReadAsync("id = any($1) and at > $3", ids, cancellationToken));
        }
    }

    private void HearAll(List<(long Id, ReplicaMessage Message)> messages)
    {
        if (_known.Count > MostKnown)
        {
            _known.Clear();
        }

        foreach (var (id, message) in messages)
        {
            _known.Add(id);
            Hear(message);
        }
    }

    private Task<List<(long Id, ReplicaMessage Message)>> ReadAsync(string which, long[] ids, CancellationToken cancellationToken) => database.ReadAsync(
        async (connection, token) =>
        {
#pragma warning disable CA2100 // The text is ours alone.
            await using var command = new NpgsqlCommand($"select id, topic, key, body from hypergate.mail where sender <> $2 and {which} order by id", connection)
#pragma warning restore CA2100
            {
                Parameters = { new() { Value = ids }, new() { Value = Id }, new() { Value = _began } },
            };
            await using var reader = await command.ExecuteReaderAsync(token);
            var messages = new List<(long, ReplicaMessage)>();
            while (await reader.ReadAsync(token))
            {
                messages.Add((reader.GetInt64(0), new(reader.GetString(1), reader.GetString(2), reader.GetString(3))));
            }

            return messages;
        },
        cancellationToken);
}
