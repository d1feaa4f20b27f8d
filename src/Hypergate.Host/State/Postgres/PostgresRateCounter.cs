using Hypergate.Governance.Limits;
using Npgsql;

namespace Hypergate.Host.State.Postgres;

/// <summary>Counts over all replicas. While the database is away each replica counts by itself, so that looking goes on.</summary>
internal sealed class PostgresRateCounter(PostgresDatabase database, IRateCounter own) : IRateCounter
{
    // By the clock of the database alone, so that clocks of replicas may differ.
    private const string Level = "least($2, known.remaining + greatest(0, extract(epoch from now() - known.at)) * $2 / 60)";

    private const string Take =
        $"""
        insert into hypergate.rates as known (key, remaining, at, taken) values ($1, $2 - 1, now(), true)
        on conflict (key) do update set
            taken = {Level} >= 1,
            remaining = {Level} - case when {Level} >= 1 then 1 else 0 end,
            at = greatest(known.at, now())
        returning taken, remaining
        """;

    public async ValueTask<double?> TakeAsync(string key, int perMinute, CancellationToken cancellationToken)
    {
        try
        {
            return await database.UseAsync((connection, token) => TakeAsync(connection, key, perMinute, token), cancellationToken);
        }
        catch (IOException)
        {
            return await own.TakeAsync(key, perMinute, cancellationToken);
        }
    }

    private static async Task<double?> TakeAsync(NpgsqlConnection connection, string key, double perMinute, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Take, connection) { Parameters = { new() { Value = key }, new() { Value = perMinute } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetBoolean(0) ? null : (1 - reader.GetDouble(1)) * 60 / perMinute;
    }
}
