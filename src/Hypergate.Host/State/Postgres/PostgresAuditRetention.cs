using System.Text;
using Hypergate.Governance.Audit;
using Npgsql;

namespace Hypergate.Host.State.Postgres;

/// <summary>Deletes old records once a day beside the writing, and says in the head where the chain now begins.</summary>
/// <param name="database">Where they lie.</param>
/// <param name="settings">How long, and how much.</param>
/// <param name="key">Signs the beginning.</param>
/// <param name="time">For the days.</param>
internal sealed class PostgresAuditRetention(PostgresDatabase database, AuditSettings settings, AuditKey key, TimeProvider time) : IAsyncDisposable
{
    private const int PatienceSeconds = 120;

    // The last that is too old, or that lies beyond the size; never the very last, which the head names.
    private const string LastOld =
        """
        select line from hypergate.audit where seq < (select seq from hypergate.audit_head) and (
            ($1 > 0 and time < $2 - make_interval(days => $1))
            or ($3 > 0 and seq <= coalesce((
                select max(seq) from (select seq, sum(octet_length(line)) over (order by seq desc) as total from hypergate.audit) sizes where total > $3), 0)))
        order by seq desc limit 1
        """;

    private DateOnly _day;
    private Task _running = Task.CompletedTask;

    /// <summary>Looks for old records, where nobody did today. Returns at once.</summary>
    public void Begin()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (today != _day && _running.IsCompleted)
        {
            _day = today;
            _running = Task.Run(ApplyAsync);
        }
    }

    public async ValueTask DisposeAsync() => await _running;

    private async Task ApplyAsync()
    {
        try
        {
            if (await database.ReadAsync(FindAsync, CancellationToken.None) is { } last)
            {
                await database.UseAsync((connection, token) => DeleteAsync(connection, last, token), CancellationToken.None);
            }
        }
        catch (IOException)
        {
            // What cannot be deleted today is deleted tomorrow.
        }
    }

    private async Task<AuditLink?> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LastOld, connection)
        {
            CommandTimeout = PatienceSeconds,
            Parameters = { new() { Value = settings.RetentionDays }, new() { Value = time.GetUtcNow().UtcDateTime }, new() { Value = settings.RetentionMegabytes * 1024L * 1024L } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is string line ? AuditLine.Read(Encoding.UTF8.GetBytes(line)) : null;
    }

    private async Task<bool> DeleteAsync(NpgsqlConnection connection, AuditLink last, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            Timeout = PatienceSeconds,
            BatchCommands =
            {
                new("update hypergate.audit_head set start_seq = $1, start_hash = $2, start_mac = $3 where start_seq < $1")
                {
                    Parameters = { new() { Value = last.Sequence }, new() { Value = last.Hash }, new() { Value = key.Sign(PostgresAuditHead.SignedStart(last.Sequence, last.Hash)) } },
                },
                new("delete from hypergate.audit where seq <= $1") { Parameters = { new() { Value = last.Sequence } } },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
