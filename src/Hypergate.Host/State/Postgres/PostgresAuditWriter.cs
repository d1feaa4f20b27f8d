using System.Text;
using System.Threading.Channels;
using Hypergate.Governance.Audit;
using Npgsql;
using NpgsqlTypes;

namespace Hypergate.Host.State.Postgres;

/// <summary>
/// Appends to the one chain of all replicas. Who writes holds the row of the head; what came meanwhile is written together, so that a
/// busy replica waits for the disk once and not once for each call.
/// </summary>
/// <param name="database">Where it lies.</param>
/// <param name="key">Signs the head; the database does not know it.</param>
/// <param name="retention">Takes away what is old, once a day.</param>
/// <param name="written">Gets each line after it was kept; may not block.</param>
/// <param name="time">For the records.</param>
internal sealed class PostgresAuditWriter(PostgresDatabase database, AuditKey key, PostgresAuditRetention retention, Action<ReadOnlyMemory<byte>>? written, TimeProvider time) : IAsyncDisposable
{
    private const int MostAtOnce = 256;
    private const int MostWaiting = 10_000;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    // Guards the beginning of the one loop that writes.
    private readonly Lock _lock = new();
    private Task? _writing;

    /// <summary>When it ends without an exception, the record is in the database.</summary>
    /// <exception cref="IOException">It is not, as far as can be told.</exception>
    public async Task AppendAsync(byte[] body, CancellationToken cancellationToken)
    {
        Begin();
        var record = new Waiting(body, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _waiting.Writer.WriteAsync(record, cancellationToken);
        }
        catch (ChannelClosedException exception)
        {
            throw new IOException("The gateway is ending.", exception);
        }

        await record.Kept.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        if (_writing is { } writing)
        {
            await writing;
        }

        await retention.DisposeAsync();
    }

    private void Begin()
    {
        if (_writing is null)
        {
            lock (_lock)
            {
                _writing ??= Task.Run(WriteAllAsync);
            }
        }
    }

    private async Task WriteAllAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var batch = new List<Waiting>();
            while (batch.Count < MostAtOnce && _waiting.Reader.TryRead(out var record))
            {
                batch.Add(record);
            }

            await WriteAsync(batch);
        }
    }

    private async Task WriteAsync(List<Waiting> batch)
    {
        try
        {
            var bodies = batch.ConvertAll(static record => record.Body);
            var lines = await database.UseAsync((connection, token) => WriteAsync(connection, bodies, token), CancellationToken.None);
            foreach (var line in written is null ? [] : lines)
            {
                written!(line);
            }

            batch.ForEach(static record => record.Kept.TrySetResult());
            retention.Begin();
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to those who wait; the loop goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var problem = exception as IOException ?? new IOException($"{exception.GetType().Name}: {exception.Message}", exception);
            batch.ForEach(record => record.Kept.TrySetException(problem));
        }
    }

    private async Task<List<byte[]>> WriteAsync(NpgsqlConnection connection, List<byte[]> bodies, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var head = await PostgresAuditHead.LockAsync(connection, key, cancellationToken);
        var sealedLines = new SealedLines(head.Sequence, head.Hash, time.GetUtcNow());
        if (head.IsRebuilt)
        {
            sealedLines.Add(AuditBody.Of(AuditEnd.Rebuilt, AuditScrubbing.None));
        }

        bodies.ForEach(sealedLines.Add);
        await InsertAsync(connection, sealedLines, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return sealedLines.Lines;
    }

    private async Task InsertAsync(NpgsqlConnection connection, SealedLines lines, CancellationToken cancellationToken)
    {
        var mac = key.Sign(PostgresAuditHead.Signed(lines.Sequence, lines.Hash));
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("insert into hypergate.audit (seq, time, line) select first + $1, $2, line from unnest($3) with ordinality as added (line, first)")
                {
                    Parameters =
                    {
                        new() { Value = lines.Sequence - lines.Lines.Count },
                        new() { Value = lines.Time.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                        new() { Value = lines.Lines.ConvertAll(static line => Encoding.UTF8.GetString(line.AsSpan()[..^1])).ToArray() },
                    },
                },
                new("update hypergate.audit_head set seq = $1, hash = $2, mac = $3")
                {
                    Parameters = { new() { Value = lines.Sequence }, new() { Value = lines.Hash }, new() { Value = mac } },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Waiting(byte[] Body, TaskCompletionSource Kept);

    private sealed class SealedLines(long sequence, string hash, DateTimeOffset time)
    {
        public List<byte[]> Lines { get; } = [];

        public long Sequence { get; private set; } = sequence;

        public string Hash { get; private set; } = hash;

        public DateTimeOffset Time => time;

        public void Add(byte[] body)
        {
            Sequence++;
            (var line, Hash) = AuditLine.Seal(body, Sequence, time, Hash);
            Lines.Add(line);
        }
    }
}
