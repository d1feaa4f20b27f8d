using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hypergate.Governance.State;

/// <summary>State in a folder, a file for each family: for the processes of one machine, and across restarts.</summary>
internal sealed class FileStateStore(string folder, TimeProvider time) : IStateStore
{
    public async ValueTask<StateEntry?> FindAsync(string family, string key, CancellationToken cancellationToken) =>
        (await ListAsync(family, cancellationToken)).FirstOrDefault(entry => entry.Key == key);

    public ValueTask<IReadOnlyList<StateEntry>> ListAsync(string family, CancellationToken cancellationToken)
    {
        var file = FileOf(family);
        return ValueTask.FromResult(Read(file.Read(), file.Path).Entries);
    }

    public async ValueTask<bool> TryWriteAsync(string family, string key, long? version, string? value, CancellationToken cancellationToken)
    {
        var file = FileOf(family);
        return await file.ChangeAsync(
            content =>
            {
                var document = Read(content, file.Path);
                if (document.Entries.FirstOrDefault(entry => entry.Key == key)?.Version != version)
                {
                    return ((byte[]?)null, false);
                }

                var next = document.Version + 1;
                var others = document.Entries.Where(entry => entry.Key != key);
                IReadOnlyList<StateEntry> entries = [.. (value is null ? others : others.Append(new StateEntry(key, next, value))).OrderBy(static entry => entry.Key, StringComparer.Ordinal)];
                return (JsonSerializer.SerializeToUtf8Bytes(new StateDocument(next, entries), StateJson.Default.StateDocument), true);
            },
            time,
            cancellationToken);
    }

    private OwnFile FileOf(string family) => new(Path.Combine(folder, $"{family}.json"));

    private static StateDocument Read(byte[]? content, string path)
    {
        try
        {
            return content is null ? new StateDocument(0, []) : JsonSerializer.Deserialize(content, StateJson.Default.StateDocument) ?? throw new IOException($"{path} is damaged.");
        }
        catch (JsonException exception)
        {
            throw new IOException($"{path} is damaged. Restore it or, if what it holds may be lost, remove it.", exception);
        }
    }
}

/// <summary>The content of one file.</summary>
internal sealed record StateDocument(long Version, IReadOnlyList<StateEntry> Entries);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StateDocument))]
internal sealed partial class StateJson : JsonSerializerContext;
