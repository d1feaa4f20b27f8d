using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hypergate.Schemas;

namespace Hypergate.Governance.Audit;

/// <summary>
/// The key that signs where the chain begins and ends: a file for its owner alone, outside of the log's folder, made with the first
/// record. Who may write to the log but not read the key cannot cut it unseen.
/// </summary>
public sealed class AuditKey
{
    private const int Length = 32;
    private const int DigestLength = 16;
    private readonly Lock _lock = new(); // Guards the hash, which is set up once: that takes longer than to use it.
    private readonly string _path;
    private IncrementalHash? _signing;
    private byte[]? _digesting;
    private byte[]? _draft;
    private byte[]? _key;

    /// <param name="path">The file.</param>
    public AuditKey(string path) => _path = path;

    private AuditKey(byte[] key) => (_path, _key) = ("", key);

    /// <summary>A key that comes from elsewhere.</summary>
    public static AuditKey Of(byte[] key) => new(key);

    /// <summary>Whether this process has made it, so that what was written before is unsigned.</summary>
    internal bool IsNew { get; private set; }

    /// <summary>Whether there were records before this process came, because the file is made with the first.</summary>
    internal bool HasSigned => !IsNew && File.Exists(_path);

    /// <summary>The signature of a text.</summary>
    /// <exception cref="IOException">The key cannot be read or made.</exception>
    internal string Sign(string text)
    {
        lock (_lock)
        {
            _signing ??= IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Read(make: true)!);
            _signing.AppendData(Encoding.ASCII.GetBytes(text));
            return Convert.ToHexStringLower(_signing.GetHashAndReset());
        }
    }

    /// <summary>
    /// Tells equal values from others and nothing else of them: the first half of the HMAC-SHA-256 of their canonical JSON, under a key that this one gives; null where
    /// the key cannot be read.
    /// </summary>
    internal string? Digest(JsonElement value)
    {
        try
        {
            lock (_lock)
            {
                _digesting ??= HMACSHA256.HashData(Read(make: false) ?? (_draft ??= RandomNumberGenerator.GetBytes(Length)), "hypergate arguments"u8);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            CanonicalJson.Write(writer, value);
        }

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_digesting, buffer.WrittenSpan, hash);
        return Convert.ToHexStringLower(hash[..DigestLength]);
    }

    /// <summary>Whether a text is signed so; null where there is no key to tell.</summary>
    internal bool? Verify(string text, string? signature) => Read(make: false) is not { } key ? null
        : signature is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)))), Encoding.ASCII.GetBytes(signature));

    private byte[]? Read(bool make)
    {
        if (_key is { } known)
        {
            return known;
        }

        if (!File.Exists(_path))
        {
            return make ? _key = Make() : null;
        }

        var bytes = File.ReadAllBytes(_path);
        return bytes.Length == Length ? _key = bytes : throw new IOException($"{_path} is damaged: it must hold {Length} bytes.");
    }

    private byte[] Make()
    {
        var key = _draft ?? RandomNumberGenerator.GetBytes(Length);
        try
        {
            new AuditFolder(Path.GetDirectoryName(_path)!).Create();
            using var file = AuditFolder.Open(_path, FileMode.CreateNew, FileShare.None);
            file.Write(key);
            IsNew = true;
            return key;
        }
        catch (IOException exception) when (File.Exists(_path))
        {
            // Another process was faster.
            _digesting = null;
            return File.ReadAllBytes(_path) is { Length: Length } theirs ? theirs : throw new IOException($"{_path} is being made by another process; try again.", exception);
        }
    }
}
