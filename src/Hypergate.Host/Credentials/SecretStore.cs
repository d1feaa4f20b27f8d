using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hypergate.Governance.State;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Credentials;

/// <summary>
/// <c>secrets.json</c> in the data folder: values under names, each encrypted with AES-256-GCM and bound to its name. Nothing is read or
/// derived before somebody asks for a value.
/// </summary>
internal sealed class SecretStore(SettingsSources sources, string dataFolder)
{
    private const int SaltLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int LongestValue = 64 * 1024;

    private readonly OwnFile _file = new(PathIn(dataFolder));
    private readonly SecretKey _key = new(sources, dataFolder);
    private (SecretDocument Document, byte[] Key, (DateTime, long)? Stamp)? _opened;

    /// <summary>Whether a text can be a name.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 100 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/');

    /// <summary>Where it lies.</summary>
    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, "secrets.json");

    public IReadOnlyList<string> Names() => [.. Read(_file.Read()).Entries.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The value; null where there is none of that name.</summary>
    /// <exception cref="SettingsException">The store cannot be opened.</exception>
    public string? Find(string name)
    {
        try
        {
            var stamp = _file.Stamp();
            if (_opened is not { } opened || opened.Stamp != stamp)
            {
                var document = Read(_file.Read());
                if (!document.Entries.ContainsKey(name))
                {
                    return null;
                }

                _opened = opened = (document, _key.Read(Convert.FromBase64String(document.Salt)), stamp);
            }

            return opened.Document.Entries.TryGetValue(name, out var sealedValue) ? Open(name, sealedValue, opened.Key) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            throw new SettingsException($"The secret '{name}' cannot be opened: the key is not the one it was stored with, or {_file.Path} was changed");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The secrets store cannot be read: {exception.Message}");
        }
    }

    /// <summary>Stores a value, in place of an older one.</summary>
    /// <returns>Whether there was an older one.</returns>
    public Task<bool> SetAsync(string name, string value, TimeProvider time, CancellationToken cancellationToken)
    {
        if (value.Length is 0 or > LongestValue)
        {
            throw new SettingsException($"A secret has 1 to {LongestValue} characters");
        }

        return _file.ChangeAsync(
            content =>
            {
                var document = content is null ? new SecretDocument(Convert.ToBase64String(RandomNumberGenerator.GetBytes(SaltLength)), new Dictionary<string, string>()) : Read(content);
                var key = _key.ReadOrMake(Convert.FromBase64String(document.Salt));
                CheckKey(document, key);
                var entries = new Dictionary<string, string>(document.Entries, StringComparer.Ordinal) { [name] = Seal(name, value, key) };
                return (Bytes(document with { Entries = entries }), document.Entries.ContainsKey(name));
            },
            time,
            cancellationToken);
    }

    /// <returns>Whether there was one of that name.</returns>
    public Task<bool> RemoveAsync(string name, TimeProvider time, CancellationToken cancellationToken) => _file.ChangeAsync(
        content =>
        {
            var document = Read(content);
            var entries = new Dictionary<string, string>(document.Entries, StringComparer.Ordinal);
            return entries.Remove(name) ? (Bytes(document with { Entries = entries }), true) : ((byte[]?)null, false);
        },
        time,
        cancellationToken);

    // A value stored under another key would never be read again.
    private static void CheckKey(SecretDocument document, byte[] key)
    {
        foreach (var (name, value) in document.Entries.Take(1))
        {
            try
            {
                Open(name, value, key);
            }
            catch (CryptographicException)
            {
                throw new SettingsException("The secrets store was made with another key; nothing was stored");
            }
        }
    }

    private static string Seal(string name, string value, byte[] key)
    {
        var plain = Encoding.UTF8.GetBytes(value);
        var bytes = new byte[NonceLength + plain.Length + TagLength];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceLength));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(bytes.AsSpan(0, NonceLength), plain, bytes.AsSpan(NonceLength, plain.Length), bytes.AsSpan(^TagLength), Encoding.UTF8.GetBytes(name));
        CryptographicOperations.ZeroMemory(plain);
        return Convert.ToBase64String(bytes);
    }

    private static string Open(string name, string value, byte[] key)
    {
        var bytes = Convert.FromBase64String(value);
        if (bytes.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("The value is cut.");
        }

        var plain = new byte[bytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength, plain.Length), bytes.AsSpan(^TagLength), plain, Encoding.UTF8.GetBytes(name));
        return Encoding.UTF8.GetString(plain);
    }

    private SecretDocument Read(byte[]? content)
    {
        try
        {
            return content is null
                ? new SecretDocument("", new Dictionary<string, string>(StringComparer.Ordinal))
                : JsonSerializer.Deserialize(content, SecretJson.Default.SecretDocument) ?? throw new SettingsException($"{_file.Path} is damaged");
        }
        catch (JsonException)
        {
            throw new SettingsException($"{_file.Path} is damaged; restore it");
        }
    }

    private static byte[] Bytes(SecretDocument document) => JsonSerializer.SerializeToUtf8Bytes(document, SecretJson.Default.SecretDocument);
}
