using Hypergate.Governance.State;
using Npgsql;

namespace Hypergate.Host.State.Postgres;

/// <summary>State in a table that all replicas share.</summary>
internal sealed class PostgresStateStore(PostgresDatabase database) : IStateStore
{
    public async ValueTask<StateEntry?> FindAsync(string family, string key, CancellationToken cancellationToken) => await database.ReadAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand("select key, version, value from hypergate.entries where family = $1 and key = $2", connection)
            {
                Parameters = { new() { Value = family }, new() { Value = key } },
            };
            await using var reader = await command.ExecuteReaderAsync(token);
            return await reader.ReadAsync(token) ? Read(reader) : null;
        },
        cancellationToken);

    public async ValueTask<IReadOnlyList<StateEntry>> ListAsync(string family, CancellationToken cancellationToken) => await database.ReadAsync<IReadOnlyList<StateEntry>>(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand("select key, version, value from hypergate.entries where family = $1 order by key collate \"C\"", connection)
            {
                Parameters = { new() { Value = family } },
            };
            await using var reader = await command.ExecuteReaderAsync(token);
            var entries = new List<StateEntry>();
            while (await reader.ReadAsync(token))
            {
                entries.Add(Read(reader));
            }

            return entries;
        },
        cancellationToken);

    public async ValueTask<bool> TryWriteAsync(string family, string key, long? version, string? value, CancellationToken cancellationToken)
    {
        if (value is null && version is null)
        {
            return await FindAsync(family, key, cancellationToken) is null;
        }

        return await database.UseAsync(
            async (connection, token) =>
            {
                await using var command = CommandOf(family, key, version, value);
                command.Connection = connection;
                return await command.ExecuteNonQueryAsync(token) == 1;
            },
            cancellationToken);
    }

    private static NpgsqlCommand CommandOf(string family, string key, long? version, string? value) => (version, value) switch
    {
        ({ } seen, null) => new("delete from hypergate.entries where family = $1 and key = $2 and version = $3")
        {
            Parameters = { new() { Value = family }, new() { Value = key }, new() { Value = seen } },
        },
        ({ } seen, _) => new("update hypergate.entries set value = $4, version = nextval('hypergate.versions') where family = $1 and key = $2 and version = $3")
        {
            Parameters = { new() { Value = family }, new() { Value = key }, new() { Value = seen }, new() { Value = value } },
        },
        _ => new("insert into hypergate.entries (family, key, version, value) values ($1, $2, nextval('hypergate.versions'), $3) on conflict do nothing")
        {
            Parameters = { new() { Value = family }, new() { Value = key }, new() { Value = value } },
        },
    };

    private static StateEntry Read(NpgsqlDataReader reader) => new(reader.GetString(0), reader.GetInt64(1), reader.GetString(2));
}
