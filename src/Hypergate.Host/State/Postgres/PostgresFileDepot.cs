using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Hypergate.Backends.Files;
using Npgsql;

namespace Hypergate.Host.State.Postgres;

/// <summary>Files in the database, in parts that only those who have the replicas' key can read; where there is room for them.</summary>
/// <param name="database">Where they are.</param>
/// <param name="key">Seals the parts.</param>
/// <param name="largest">Bytes of one file.</param>
/// <param name="time">Ends their lives.</param>
internal sealed class PostgresFileDepot(PostgresDatabase database, byte[] key, long largest, TimeProvider time) : IFileDepot
{
    /// <summary>So many of the largest files fit.</summary>
    private const int Room = 16;
    private const int PartBytes = 1024 * 1024;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public async Task PutAsync(StoredFile file, CancellationToken cancellationToken)
    {
        await RunAsync("delete from hypergate.file_parts where expires < $1", cancellationToken, time.GetUtcNow());
        await RunAsync("delete from hypergate.files where expires < $1", cancellationToken, time.GetUtcNow());
        var parts = await HasRoomAsync(file.Size, cancellationToken) ? await PutPartsAsync(file, cancellationToken) : (int?)null;
        await RunAsync(
            "insert into hypergate.files (handle, owner, name, type, size, sha256, expires, parts) values ($1, $2, $3, $4, $5, $6, $7, $8)", cancellationToken,
            file.Handle, file.Label.Owner, file.Label.Name, file.Label.Type, file.Size, file.Sha256, file.Expires, parts is { } count ? count : DBNull.Value);
    }

    public async Task<(StoredFile File, bool HasBytes)?> FindAsync(string handle, string owner, CancellationToken cancellationToken) => await database.ReadAsync(
        async (connection, token) =>
        {
            await using var command = Command(connection, "select name, type, size, sha256, expires, parts is not null from hypergate.files where handle = $1 and owner = $2 and expires > $3", handle, owner, time.GetUtcNow());
            await using var reader = await command.ExecuteReaderAsync(token);
            if (!await reader.ReadAsync(token))
            {
                return ((StoredFile, bool)?)null;
            }

            var expires = await reader.GetFieldValueAsync<DateTimeOffset>(4, token);
            var label = new FileLabel(reader.GetString(0), reader.GetString(1), owner, expires - time.GetUtcNow());
            return (new StoredFile(handle, "", label, reader.GetInt64(2), reader.GetString(3), expires), reader.GetBoolean(5));
        },
        cancellationToken);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(StoredFile file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var part = 0; part < PartsOf(file.Size); part++)
        {
            var number = part;
            var sealedBytes = await database.ReadAsync(
                async (connection, token) =>
                {
                    await using var command = Command(connection, "select bytes from hypergate.file_parts where handle = $1 and part = $2", file.Handle, number);
                    return await command.ExecuteScalarAsync(token) as byte[];
                },
                cancellationToken);
            yield return Open(sealedBytes ?? throw new IOException("The file is no longer in the database."), file, number);
        }
    }

    private async Task<bool> HasRoomAsync(long size, CancellationToken cancellationToken) => size <= largest && await database.ReadAsync(
        async (connection, token) =>
        {
            await using var command = Command(connection, "select coalesce(sum(size), 0)::bigint from hypergate.files where parts is not null");
            return (long)(await command.ExecuteScalarAsync(token))! + size <= largest * Room;
        },
        cancellationToken);

    private async Task<int> PutPartsAsync(StoredFile file, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file.Path);
        var buffer = new byte[PartBytes];
        var count = PartsOf(file.Size);
        for (var part = 0; part < count; part++)
        {
            var read = await content.ReadAtLeastAsync(buffer, PartBytes, throwOnEndOfStream: false, cancellationToken);
            await RunAsync("insert into hypergate.file_parts (handle, part, expires, bytes) values ($1, $2, $3, $4)", cancellationToken, file.Handle, part, file.Expires, Seal(buffer.AsSpan(0, read), file, part));
        }

        return count;
    }

    private static int PartsOf(long size) => (int)((size + PartBytes - 1) / PartBytes);

    private byte[] Seal(ReadOnlySpan<byte> plain, StoredFile file, int part)
    {
        var all = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(all.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(all.AsSpan(0, NonceBytes), plain, all.AsSpan(NonceBytes, plain.Length), all.AsSpan(NonceBytes + plain.Length), BoundTo(file, part));
        return all;
    }

    private byte[] Open(byte[] all, StoredFile file, int part)
    {
        try
        {
            var plain = new byte[all.Length - NonceBytes - TagBytes];
            using var cipher = new AesGcm(key, TagBytes);
            cipher.Decrypt(all.AsSpan(0, NonceBytes), all.AsSpan(NonceBytes, plain.Length), all.AsSpan(NonceBytes + plain.Length), plain, BoundTo(file, part));
            return plain;
        }
        catch (Exception exception) when (exception is CryptographicException or OverflowException)
        {
            throw new IOException("The file in the database is not as it was put there.", exception);
        }
    }

    // A part fits no other place, and no other owner.
    private static byte[] BoundTo(StoredFile file, int part) => Encoding.UTF8.GetBytes($"{part} of {PartsOf(file.Size)} {file.Handle} {file.Sha256} {file.Label.Owner}");

    private Task<int> RunAsync(string text, CancellationToken cancellationToken, params object[] values) => database.UseAsync(
        async (connection, token) =>
        {
            await using var command = Command(connection, text, values);
            return await command.ExecuteNonQueryAsync(token);
        },
        cancellationToken);

    private static NpgsqlCommand Command(NpgsqlConnection connection, string text, params object[] values)
    {
#pragma warning disable CA2100 // The texts are those above.
        var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
