using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Hypergate.Governance.Audit;
using Npgsql;

namespace Hypergate.Host.State.Postgres;

/// <summary>The records that all replicas have written to the database.</summary>
internal sealed class PostgresTrail(PostgresDatabase database, AuditKey key) : IAuditTrail
{
    private const string Table = "hypergate.audit";
    private const string HeadTable = "hypergate.audit_head";
    private const int Page = 1_000;

    public string Place => $"{Table} of {database.Place}";

    public async IAsyncEnumerable<(string Line, JsonElement Record)> FindAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (_, line) in ReadAsync(long.MaxValue, filter.Since, cancellationToken))
        {
            if (Parse(line) is { } record && filter.Fits(record))
            {
                yield return (line, record);
            }
        }
    }

    public Task<IReadOnlyList<string>> TailAsync(int count, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<string>>(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand("select line from (select seq, line from hypergate.audit order by seq desc limit $1) newest order by seq", connection)
            {
                Parameters = { new() { Value = count } },
            };
            await using var reader = await command.ExecuteReaderAsync(token);
            var lines = new List<string>();
            while (await reader.ReadAsync(token))
            {
                lines.Add(reader.GetString(0));
            }

            return lines;
        },
        cancellationToken);

    public async IAsyncEnumerable<string> FollowAsync(long after, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var row in await PageAsync(after, long.MaxValue, null, cancellationToken))
            {
                after = row.Sequence;
                yield return row.Line;
            }

            await Task.Delay(AuditFollower.Pause, time, cancellationToken);
        }
    }

    public async Task<AuditCheckpoint?> CheckpointAsync(DateTimeOffset now, CancellationToken cancellationToken) => await HeadAsync(cancellationToken) switch
    {
        null or { Sequence: 0 } => null,
        var head when key.Verify(PostgresAuditHead.Signed(head.Sequence, head.Hash), head.Mac) == true => AuditCheckpoint.Make(head.Sequence, head.Hash, now, key),
        _ => throw new IOException($"{HeadTable} is not signed by this gateway; 'hypergate audit verify' tells more."),
    };

    public async Task<AuditReport> VerifyAsync(IReadOnlyList<AuditCheckpoint> checkpoints, CancellationToken cancellationToken)
    {
        var chain = new AuditChain(key, checkpoints);
        var head = await HeadAsync(cancellationToken);
        if (head is { Start: { Sequence: > 0 } start })
        {
            chain.BeginAfter(start, HeadTable);
            if (key.Verify(PostgresAuditHead.SignedStart(start.Sequence, start.Hash), head.StartMac) != true)
            {
                chain.Add(HeadTable, 0, "the signature of its beginning is not this gateway's: records may be cut off there");
            }
        }

        await foreach (var (sequence, line) in ReadAsync(head?.Sequence ?? long.MaxValue, null, cancellationToken))
        {
            var link = AuditLine.Read(Encoding.UTF8.GetBytes(line));
            chain.Take(Table, sequence, link?.Sequence == sequence ? link : null);
        }

        if (head is not null)
        {
            chain.CompareWith(HeadTable, head.Sequence, head.Hash, key.Verify(PostgresAuditHead.Signed(head.Sequence, head.Hash), head.Mac));
            if (await BeyondAsync(head.Sequence, cancellationToken) is { } beyond)
            {
                chain.Add(Table, beyond, "the record was not written by this gateway: the signed head does not know it");
            }
        }
        else if (chain.Last.Sequence > 0)
        {
            chain.Add(HeadTable, 0, "the row is missing, so records cut off the end cannot be missed");
        }

        chain.CompareWithCheckpoints();
        return chain.Report;
    }

    private Task<End?> HeadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        static async (connection, token) =>
        {
            await using var command = new NpgsqlCommand("select seq, hash, mac, start_seq, start_hash, start_mac from hypergate.audit_head", connection);
            await using var reader = await command.ExecuteReaderAsync(token);
            return await reader.ReadAsync(token)
                ? new End(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), new AuditStart(0, reader.GetInt64(3), reader.GetString(4)), reader.GetString(5))
                : null;
        },
        cancellationToken);

    // Others may write meanwhile: what is newer than the head that was read, and than the one that there is now, nobody signed.
    private Task<long?> BeyondAsync(long sequence, CancellationToken cancellationToken) => database.ReadAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand("select min(seq) from hypergate.audit where seq > greatest($1, (select seq from hypergate.audit_head))", connection)
            {
                Parameters = { new() { Value = sequence } },
            };
            return await command.ExecuteScalarAsync(token) as long?;
        },
        cancellationToken);

    private async IAsyncEnumerable<(long Sequence, string Line)> ReadAsync(long last, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0L;
        while (true)
        {
            var page = await PageAsync(after, last, since, cancellationToken);
            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            after = page[^1].Sequence;
        }
    }

    private Task<List<(long Sequence, string Line)>> PageAsync(long after, long last, DateTimeOffset? since, CancellationToken cancellationToken) => database.ReadAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand("select seq, line from hypergate.audit where seq > $1 and seq <= $2 and time >= $3 order by seq limit $4", connection)
            {
                Parameters = { new() { Value = after }, new() { Value = last }, new() { Value = since?.UtcDateTime ?? DateTime.UnixEpoch }, new() { Value = Page } },
            };
            await using var reader = await command.ExecuteReaderAsync(token);
            var rows = new List<(long, string)>();
            while (await reader.ReadAsync(token))
            {
                rows.Add((reader.GetInt64(0), reader.GetString(1)));
            }

            return rows;
        },
        cancellationToken);

    private static JsonElement? Parse(string line)
    {
        try
        {
            return JsonElement.Parse(line) is { ValueKind: JsonValueKind.Object } record ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record End(long Sequence, string Hash, string Mac, AuditStart Start, string StartMac);
}
