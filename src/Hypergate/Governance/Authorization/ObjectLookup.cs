using System.Collections.Concurrent;
using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Catalog;
using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>
/// Finds out what rights must know of objects. A call's own object is read anew each time; the families of an answer's rows are kept
/// for a few seconds, for each caller apart, and forgotten when the caller changes something.
/// </summary>
/// <param name="catalog">Where the reading operations are found.</param>
/// <param name="rulesOf">What the kind of a backend knows of objects; null where it knows nothing.</param>
/// <param name="time">For the few seconds.</param>
internal sealed class ObjectLookup(LiveCatalog catalog, Func<string, ObjectRules?> rulesOf, TimeProvider time)
{
    private const int MostSteps = 4;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Backend, string Caller, string Family), Family> _families = new();

    public ObjectRules? RulesOf(string backend) => rulesOf(backend);

    /// <summary>Nothing that was read before is good after a change.</summary>
    public void Forget(string backend)
    {
        foreach (var key in _families.Keys.Where(key => key.Backend == backend))
        {
            _families.TryRemove(key, out _);
        }
    }

    /// <summary>Reads one object.</summary>
    public async Task<ObjectFinding> FindAsync(Call call, ObjectRef target, CallNext read, CancellationToken cancellationToken)
    {
        if (rulesOf(call.Backend) is not { } rules || rules.One(target) is not { } wish || ReadingOf(call, wish) is not { } reading)
        {
            return ObjectFinding.Unknown;
        }

        var outcome = await read(reading, cancellationToken);
        return outcome switch
        {
            Outcome.Done { Value: { ValueKind: JsonValueKind.Array } list } => list.EnumerateArray().FirstOrDefault(item => rules.Identify(target.Family, item) == target) is { ValueKind: JsonValueKind.Object } item
                ? new(await FactsAsync(call, rules, target, item, read, cancellationToken), null)
                : ObjectFinding.Gone,
            Outcome.Done { Value: { ValueKind: JsonValueKind.Object } item } => new(await FactsAsync(call, rules, target, item, read, cancellationToken), null),
            Outcome.Failed { Status: 404 } => ObjectFinding.Gone,
            _ => new(null, outcome),
        };
    }

    /// <summary>What is known of an object of an answer; null where nothing is.</summary>
    public async Task<ObjectFacts?> OfRowAsync(Call call, ObjectRef row, CallNext read, CancellationToken cancellationToken)
    {
        if (rulesOf(call.Backend) is not { } rules)
        {
            return null;
        }

        var family = await FamilyAsync(call, rules, row.Family, read, cancellationToken);
        return family.Items.TryGetValue(row, out var item) ? await FactsAsync(call, rules, row, item, read, cancellationToken) : null;
    }

    private async Task<ObjectFacts?> FactsAsync(Call call, ObjectRules rules, ObjectRef about, JsonElement item, CallNext read, CancellationToken cancellationToken)
    {
        var type = rules.Facts(about.Family, item).Type;
        for (var step = 0; step < MostSteps && rules.Whole(about.Family, item) is { } whole; step++)
        {
            var family = await FamilyAsync(call, rules, whole.Family, read, cancellationToken);
            if (!family.Items.TryGetValue(whole, out item))
            {
                return null;
            }

            about = whole;
        }

        var facts = rules.Facts(about.Family, item) with { Type = type };
        return facts.Pool is [var pool] && rules.Pools is { } pools && about.Family != pools
            ? facts with { Pool = [pool, .. await PoolNameAsync(call, rules, new(pools, pool), read, cancellationToken)] }
            : facts.Pool is not null && about.Family == rules.Pools ? facts with { Pool = [.. facts.Pool, facts.Name ?? ""] } : facts;
    }

    private async Task<IEnumerable<string>> PoolNameAsync(Call call, ObjectRules rules, ObjectRef pool, CallNext read, CancellationToken cancellationToken)
    {
        var family = await FamilyAsync(call, rules, pool.Family, read, cancellationToken);
        return family.Items.TryGetValue(pool, out var item) && rules.Facts(pool.Family, item).Name is { } name ? [name] : [];
    }

    private async Task<Family> FamilyAsync(Call call, ObjectRules rules, string name, CallNext read, CancellationToken cancellationToken)
    {
        var key = (call.Backend, call.Caller.Name, name);
        if (_families.TryGetValue(key, out var known) && time.GetUtcNow() - known.ReadAt < Life)
        {
            return known;
        }

        var items = new Dictionary<ObjectRef, JsonElement>();
        if (rules.Many(name) is { } wish && ReadingOf(call, wish) is { } reading && await read(reading, cancellationToken) is Outcome.Done { Value.ValueKind: JsonValueKind.Array } done)
        {
            foreach (var item in done.Value.EnumerateArray())
            {
                if (rules.Identify(name, item) is { } identity)
                {
                    items.TryAdd(identity, item);
                }
            }
        }

        return _families[key] = new Family(items, time.GetUtcNow());
    }

    private Call? ReadingOf(Call call, ObjectRead wish) => catalog.Current.FindRoute(call.Backend, "GET", wish.Path) is { } operation
        ? call with
        {
            Id = Guid.NewGuid().ToString("n"),
            Operation = operation,
            Arguments = JsonSerializer.SerializeToElement(wish.Arguments, ModelJson.Default.IReadOnlyDictionaryStringJsonElement),
            Tool = "policy",
            Notes = null,
            ConfirmToken = null,
            Passthrough = false,
            DryRun = false,
            Conversation = Conversation.Silent,
        }
        : null;

    private sealed record Family(IReadOnlyDictionary<ObjectRef, JsonElement> Items, DateTimeOffset ReadAt);
}

/// <summary>What came of looking for an object.</summary>
/// <param name="Facts">Null where nothing could be found out.</param>
/// <param name="Failure">Why the platform did not say.</param>
internal sealed record ObjectFinding(ObjectFacts? Facts, Outcome? Failure)
{
    public static ObjectFinding Unknown { get; } = new(null, null);

    /// <summary>The platform has no such object.</summary>
    public static ObjectFinding Gone { get; } = new(null, new Outcome.Failed(404, ""));

    public bool IsGone => ReferenceEquals(this, Gone);
}
