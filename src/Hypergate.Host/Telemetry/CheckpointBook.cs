using System.Text.Json;
using System.Text.Json.Serialization;
using Hypergate.Governance.State;

namespace Hypergate.Host.Telemetry;

/// <summary>What became of the checkpoints, for all processes of a gateway: whose turn it is, and what 'hypergate doctor' tells.</summary>
internal sealed class CheckpointBook(IStateStore store)
{
    private const string Family = "audit";
    private const string Key = "checkpoint";

    /// <summary>Null where nobody has tried yet.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<CheckpointNote?> ReadAsync(CancellationToken cancellationToken) =>
        await store.FindAsync(Family, Key, cancellationToken) is { } entry ? Read(entry.Value) : null;

    /// <summary>Whoever writes at the same moment has done the same.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task WriteAsync(CheckpointNote note, CancellationToken cancellationToken) => await store.TryWriteAsync(
        Family, Key, (await store.FindAsync(Family, Key, cancellationToken))?.Version, JsonSerializer.Serialize(note, CheckpointJson.Default.CheckpointNote), cancellationToken);

    private static CheckpointNote? Read(string value)
    {
        try
        {
            return JsonSerializer.Deserialize(value, CheckpointJson.Default.CheckpointNote);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The last checkpoint, and the last attempt at one.</summary>
/// <param name="Place">Where it was to go.</param>
/// <param name="Sequence">The record that it names; 0 where none was written yet.</param>
/// <param name="Written">When it was written; null for never.</param>
/// <param name="Problem">Why the last attempt failed; null where it did not.</param>
internal sealed record CheckpointNote(string Place, long Sequence, DateTimeOffset? Written, string? Problem);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CheckpointNote))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
