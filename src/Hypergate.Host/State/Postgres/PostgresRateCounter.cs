using Hypergate.Governance.Limits;
using Npgsql;

namespace Hypergate.Host.State.Postgres;

/// <summary>Counts over all replicas. While the database is away each replica counts by itself, so that looking goes on.</summary>
internal sealed class PostgresRateCounter(PostgresDatabase database, IRateCounter own) : IRateCounter
{
    // By the clock of the database alone, so that clocks of replicas may differ. $2: what the bucket holds, $3: how much a second, $4: how much is taken, $5: even where it is not there.
    private const string Level = "least($2, known.remaining + greatest(0, extract(epoch from now() - known.at)) * $3)";

    private const string Take =
        $"""
        insert into hypergate.rates as known (key, remaining, at, taken) values ($1, $2 - $4, now(), true)
        on conflict (key) do update set
            taken = $5 or {Level} >= $4,
            remaining = {Level} - case when $5 or {Level} >= $4 then $4 else 0 end,
            at = greatest(known.at, now())
        returning taken, remaining
        """;

    public async ValueTask<double?> TakeAsync(string key, RateLimit limit, double amount, CancellationToken cancellationToken)
    {
        try
        {
            return await database.UseAsync((connection, token) => TakeAsync(connection, key, limit, amount, isOwed: false, token), cancellationToken);
        }
        catch (IOException)
        {
            return await own.TakeAsync(key, limit, amount, cancellationToken);
        }
    }

    public async ValueTask ChargeAsync(string key, RateLimit limit, double amount, CancellationToken cancellationToken)
    {
        try
        {
            await database.UseAsync((connection, token) => TakeAsync(connection, key, limit, amount, isOwed: true, token), cancellationToken);
        }
        catch (IOException)
        {
            await own.ChargeAsync(key, limit, amount, cancellationToken);
        }
    }

    private static async Task<double?> TakeAsync(NpgsqlConnection connection, string key, RateLimit limit, double amount, bool isOwed, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Take, connection)
        {
            Parameters = { new() { Value = key }, new() { Value = limit.Most }, new() { Value = limit.PerSecond }, new() { Value = amount }, new() { Value = isOwed } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetBoolean(0) ? null : limit.SecondsUntil(amount, reader.GetDouble(1));
    }
}
