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
        await using var command = new NpgsqlCommand("select seq, hash, mac from hypergate.audit_head for update", connection);
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (await reader.ReadAsync(cancellationToken) && key.Verify(Signed(reader.GetInt64(0), reader.GetString(1)), reader.GetString(2)) == true)
            {
                return new(reader.GetInt64(0), reader.GetString(1), false);
            }
        }

        return await RebuildAsync(connection, cancellationToken);
    }

    private static async Task<PostgresAuditHead> RebuildAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Who else begins at this moment waits here, and finds the row.
        await using (var row = new NpgsqlCommand("insert into hypergate.audit_head (seq, hash, mac) values (0, '', '') on conflict do nothing", connection))
        {
            await row.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand("select line from hypergate.audit order by seq desc limit 1", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is string line && AuditLine.Read(Encoding.UTF8.GetBytes(line)) is { } link
            ? new(link.Sequence, link.Hash, true)
            : new(0, AuditLine.Genesis, false);
    }
}
