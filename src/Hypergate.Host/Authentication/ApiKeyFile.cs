using System.Text.Json;
using Hypergate.Governance.State;

namespace Hypergate.Host.Authentication;

/// <summary><c>api-keys.json</c> in the data folder: for its owner alone, written whole and moved into place, one writer at a time.</summary>
internal sealed class ApiKeyFile(string path) : IApiKeyShelf
{
    private readonly OwnFile _file = new(path);

    /// <summary>What tells one content from another without reading it; null where there is no file.</summary>
    public (DateTime Written, long Length)? Stamp() => _file.Stamp();

    /// <summary>All keys; none where there is no file.</summary>
    /// <exception cref="IOException">It cannot be read, or others may.</exception>
    public IReadOnlyList<ApiKey> Read() => Parse(_file.Read());

    /// <summary>A file is looked at with each request.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Changes the keys while no other process does.</summary>
    public Task<T> ChangeAsync<T>(Func<IReadOnlyList<ApiKey>, (IReadOnlyList<ApiKey> Keys, T Result)> change, TimeProvider time, CancellationToken cancellationToken) =>
        _file.ChangeAsync<T>(
            content =>
            {
                var (keys, result) = change(Parse(content));
                return (JsonSerializer.SerializeToUtf8Bytes(new ApiKeyDocument(keys), ApiKeyJson.Default.ApiKeyDocument), result);
            },
            time,
            cancellationToken);

    private IReadOnlyList<ApiKey> Parse(byte[]? content)
    {
        try
        {
            return content is null ? [] : JsonSerializer.Deserialize(content, ApiKeyJson.Default.ApiKeyDocument)?.Keys ?? throw new IOException($"{path} holds no keys.");
        }
        catch (JsonException exception)
        {
            throw new IOException($"{path} is damaged. Restore it, or remove it and make new keys.", exception);
        }
    }
}
