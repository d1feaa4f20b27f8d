using System.Globalization;
using Npgsql;

namespace Hypergate.Host.State.Postgres;

/// <summary>The tables, and how those of an older release become those of this one. Steps are only ever added.</summary>
internal static class PostgresSchema
{
    // Any number will do, as long as all releases take the same.
    private const long Lock = 0x4859_5045_5247_4154;

    private static readonly string[] Steps =
    [
        """
        create table hypergate.entries (
            family text not null,
            key text not null,
            version bigint not null,
            value text not null,
            primary key (family, key));
        create sequence hypergate.versions;
        create table hypergate.audit (
            seq bigint primary key,
            time timestamptz not null,
            line text not null);
        create index audit_time on hypergate.audit (time);
        create table hypergate.audit_head (
            single boolean primary key default true check (single),
            seq bigint not null,
            hash text not null,
            mac text not null,
            start_seq bigint not null default 0,
            start_hash text not null default '',
            start_mac text not null default '');
        create table hypergate.rates (
            key text primary key,
            remaining double precision not null,
            at timestamptz not null,
            taken boolean not null);
        create table hypergate.replicas (
            id text primary key,
            seen timestamptz not null);
        create table hypergate.mail (
            id bigserial primary key,
            sender text not null,
            topic text not null,
            key text not null,
            body text not null,
            at timestamptz not null default now());
        """,
        """
        create table hypergate.files (
            handle text primary key,
            owner text not null,
            name text not null,
            type text not null,
            size bigint not null,
            sha256 text not null,
            expires timestamptz not null,
            parts int);
        create table hypergate.file_parts (
            handle text not null,
            part int not null,
            expires timestamptz not null,
            bytes bytea not null,
            primary key (handle, part));
        """,
    ];

    /// <summary>Under a lock: of replicas that start at once, one makes the tables and the others wait.</summary>
    public static async Task MigrateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync($"select pg_advisory_xact_lock({Lock.ToString(CultureInfo.InvariantCulture)})");
        if (await RunAsync("select to_regnamespace('hypergate')::text") is null or DBNull)
        {
            await RunAsync("create schema hypergate");
        }

        await RunAsync("create table if not exists hypergate.schema_steps (step int primary key, at timestamptz not null default now())");
        var done = Convert.ToInt32(await RunAsync("select coalesce(max(step), 0) from hypergate.schema_steps"), CultureInfo.InvariantCulture);
        if (done > Steps.Length)
        {
            throw new IOException($"The database was migrated by a later release of Hypergate (step {done}, this one knows {Steps.Length}); update this replica.");
        }

        for (var step = done; step < Steps.Length; step++)
        {
            await RunAsync(Steps[step]);
            await RunAsync($"insert into hypergate.schema_steps (step) values ({(step + 1).ToString(CultureInfo.InvariantCulture)})");
        }

        await transaction.CommitAsync(cancellationToken);

        async Task<object?> RunAsync(string text)
        {
#pragma warning disable CA2100 // The text is ours alone.
            await using var command = new NpgsqlCommand(text, connection, transaction);
#pragma warning restore CA2100
            return await command.ExecuteScalarAsync(cancellationToken);
        }
    }
}
