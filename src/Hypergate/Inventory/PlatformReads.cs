using System.Text;
using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Model;

namespace Hypergate.Inventory;

/// <summary>The reads of one backend for one wish. The same read twice is one call; at most eight calls go on at a time.</summary>
internal sealed class PlatformReads(Backend backend, InventoryRoom room, ReadWish wish)
{
    /// <summary>How old an answer may be where nothing else is said.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    // Guards the reads under way.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<JsonElement>> _reads = new(StringComparer.Ordinal);

    public string Backend => backend.Name;

    public BackendKind Kind => backend.Kind;

    public DateTimeOffset Now => room.Time.GetUtcNow();

    /// <summary>Whether a read exists for whoever asks; without knowledge of the platform, maybe.</summary>
    public bool Offers(string path) => room.Catalog.Current.Find(backend.Name) is null || room.Find(backend.Name, path) is not null;

    /// <summary>The values of a path parameter in changes that this gateway made a moment ago.</summary>
    public IReadOnlySet<string> RecentlyChanged(string parameter) => room.Cache.Changes.Of(backend.Name, parameter);

    /// <summary>What the platform answers to a GET.</summary>
    /// <param name="path">The template as the catalog has it: <c>/nodes/{node}/status</c>.</param>
    /// <param name="arguments">Values of the path and query.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="life">How long the answer may be kept; <see cref="Fresh"/> where not given, nothing for not at all.</param>
    /// <exception cref="PlatformReadException">There is no answer.</exception>
    public Task<JsonElement> GetAsync(
        string path, (string Name, string Value)[] arguments, CancellationToken cancellationToken, TimeSpan? life = null)
    {
        var what = Key(path, arguments);
        lock (_lock)
        {
            if (!_reads.TryGetValue(what, out var read))
            {
                _reads[what] = read = ReadAsync(what, path, arguments, life ?? Fresh, cancellationToken);
            }

            return read;
        }
    }

    /// <summary>The same; undefined where there is no answer.</summary>
    public async Task<JsonElement> TryGetAsync(
        string path, (string Name, string Value)[] arguments, CancellationToken cancellationToken, TimeSpan? life = null)
    {
        try
        {
            return await GetAsync(path, arguments, cancellationToken, life);
        }
        catch (PlatformReadException)
        {
            return default;
        }
    }

    private async Task<JsonElement> ReadAsync(
        string what, string path, (string Name, string Value)[] arguments, TimeSpan life, CancellationToken cancellationToken)
    {
        var key = new ReadKey(backend.Name, InventoryRoom.Identity(wish.Caller), what);
        if (wish.Cached && room.Cache.TryFind<JsonElement>(key, out var known))
        {
            return known;
        }

        var generation = room.Cache.Generation(backend.Name);
        var value = await CallAsync(path, arguments, cancellationToken);
        room.Cache.Keep(key, value, life, generation);
        return value;
    }

    private async Task<JsonElement> CallAsync(string path, (string Name, string Value)[] arguments, CancellationToken cancellationToken)
    {
        await room.Catalog.SettledAsync(backend.Name, cancellationToken);
        if (room.Catalog.Current.Find(backend.Name) is null)
        {
            throw new PlatformReadException(backend.State.Problem ?? "it has not answered so far; check_connection says why.", null);
        }

        var operation = room.Find(backend.Name, path) ?? throw PlatformReadException.NotOffered(path);

        var gate = room.Gate(backend.Name);
        await gate.WaitAsync(cancellationToken);
        try
        {
            return Value(await room.Pipeline.RunAsync(Call(operation, arguments), cancellationToken));
        }
        finally
        {
            gate.Release();
        }
    }

    private Call Call(Operation operation, (string Name, string Value)[] arguments) => new()
    {
        Backend = backend.Name,
        Operation = operation,
        Caller = wish.Caller,
        Arguments = OperationValues.Of(operation, [.. arguments.Select(static argument => (argument.Name, Tables.Cell.Of(argument.Value)))]),
        Tool = wish.Tool,
    };

    private static JsonElement Value(Outcome outcome) => outcome switch
    {
        Outcome.Done done => done.Value,
        Outcome.Failed failed => throw new PlatformReadException(failed.Detail, failed.Status),
        Outcome.Refused refused => throw new PlatformReadException(refused.Reason, 403),
        _ => throw new PlatformReadException("it asks for consent to a read.", 403),
    };

    private static string Key(string path, (string Name, string Value)[] arguments)
    {
        var key = new StringBuilder(path);
        foreach (var (name, value) in arguments)
        {
            key.Append('\n').Append(name).Append('=').Append(value);
        }

        return key.ToString();
    }
}
