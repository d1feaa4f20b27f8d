using System.Text.Json;
using System.Text.Json.Serialization;
using Hypergate.Governance.State;

namespace Hypergate.Governance.Changes;

/// <summary>The freezes that people have ordered, for all processes of the gateway, at once.</summary>
internal sealed class FreezeBoard(IStateStore store, TimeProvider time)
{
    private const string Family = "freeze";

    /// <summary>Those in force, by their scopes.</summary>
    /// <exception cref="IOException">They cannot be read: nothing may be changed.</exception>
    public async Task<IReadOnlyList<Freeze>> CurrentAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return [.. (await store.ListAsync(Family, cancellationToken)).Select(Read).Where(freeze => freeze.Until is null || freeze.Until > now)];
    }

    /// <summary>Orders one, in place of an older one of the same scope.</summary>
    public async Task OrderAsync(Freeze freeze, CancellationToken cancellationToken)
    {
        var value = JsonSerializer.Serialize(freeze, FreezeJson.Default.Freeze);
        while (!await store.TryWriteAsync(Family, freeze.Scope, (await store.FindAsync(Family, freeze.Scope, cancellationToken))?.Version, value, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Lifts the freeze of a scope, or of all where none is named.</summary>
    /// <returns>How many were lifted.</returns>
    public async Task<int> LiftAsync(string? scope, CancellationToken cancellationToken)
    {
        var lifted = 0;
        foreach (var entry in (await store.ListAsync(Family, cancellationToken)).Where(entry => scope is null || entry.Key == scope))
        {
            lifted += await store.TryWriteAsync(Family, entry.Key, entry.Version, null, cancellationToken) ? 1 : 0;
        }

        return lifted;
    }

    private static Freeze Read(StateEntry entry)
    {
        try
        {
            return JsonSerializer.Deserialize(entry.Value, FreezeJson.Default.Freeze) ?? throw new IOException("A freeze is damaged.");
        }
        catch (JsonException exception)
        {
            throw new IOException("A freeze is damaged.", exception);
        }
    }
}

/// <summary>An order that nothing is changed.</summary>
/// <param name="Scope"><c>all</c>, <c>backend:NAME</c>, <c>pool:NAME</c> or <c>tag:NAME</c>.</param>
/// <param name="Until">Null until it is lifted.</param>
internal sealed record Freeze(string Scope, string Reason, string By, DateTimeOffset Since, DateTimeOffset? Until)
{
    public const string Everything = "all";

    public override string ToString() => $"{Scope}: {Reason} (by {By} since {Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC{(Until is { } end ? $", until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "")})";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Freeze))]
internal sealed partial class FreezeJson : JsonSerializerContext;
