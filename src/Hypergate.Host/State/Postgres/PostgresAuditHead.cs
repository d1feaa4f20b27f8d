using System.Globalization;
using System.Text;
using Hypergate.Governance.Audit;
using Npgsql;

namespace Hypergate.Host.State.Postgres;

/// <summary>The one row that says where the chain ends and begins. Who writes to the chain holds it.</summary>
/// <param name="Sequence">The number of the last record.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="IsRebuilt">Whether it was lost or not signed by this gateway, and found again from the last record.</param>
internal sealed record PostgresAuditHead(long Sequence, string Hash, bool IsRebuilt)
{
    /// <summary>What is signed of the end.</summary>
    public static string Signed(long sequence, string hash) => string.Create(CultureInfo.InvariantCulture, $"head {sequence} {hash}");

    /// <summary>What is signed of the beginning.</summary>
    public static string SignedStart(long sequence, string hash) => string.Create(CultureInfo.InvariantCulture, $"start {sequence} {hash}");

    /// <summary>Holds the row until the transaction ends.</summary>
    public static async Task<PostgresAuditHead> LockAsync(NpgsqlConnection connection, AuditKey key, CancellationToken cancellationToken)
    {
        if (await ReadAsync(connection, cancellationToken) is not { } row)
        {
            // Who else begins at this moment waits here. Whoever made the row, it is held by one from then on.
            await using var making = new NpgsqlCommand("insert into hypergate.audit_head (seq, hash, mac) values (0, '', '') on conflict do nothing", connection);
            await making.ExecuteNonQueryAsync(cancellationToken);
            row = await ReadAsync(connection, cancellationToken) ?? throw new IOException("The head of the audit cannot be made.");
        }

        return key.Verify(Signed(row.Sequence, row.Hash), row.Mac) == true
            ? new(row.Sequence, row.Hash, false)
            : await RebuildAsync(connection, cancellationToken);
    }

    private static async Task<Row?> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select seq, hash, mac from hypergate.audit_head for update", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new Row(reader.GetInt64(0), reader.GetString(1), reader.GetString(2)) : null;
    }

    private static async Task<PostgresAuditHead> RebuildAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select line from hypergate.audit order by seq desc limit 1", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is string line && AuditLine.Read(Encoding.UTF8.GetBytes(line)) is { } link
            ? new(link.Sequence, link.Hash, true)
            : new(0, AuditLine.Genesis, false);
    }

    private sealed record Row(long Sequence, string Hash, string Mac);
}
