using Hypergate.Host.Settings;
using Hypergate.Host.State.Postgres;
using Hypergate.Model;
using Hypergate.Tests.Shared;
using Npgsql;

namespace Hypergate.Tests.Host.State;

/// <summary>New databases, and what replicas are told of them.</summary>
internal static class PostgresWorld
{
    public const string Key = "0123456789abcdef0123456789abcdef";

    public static PostgresSettings Settings(string address) => new() { Connection = new Secret(address), Key = new Secret(Key) };

    public static async Task<PostgresDatabase> OpenAsync(PostgresServer server) => Open(await server.NewDatabaseAsync());

    public static PostgresDatabase Open(string address) =>
        new(NpgsqlDataSource.Create(PostgresAddress.Read(Settings(address))), "the test's database", TimeProvider.System);
}
