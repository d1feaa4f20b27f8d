using System.Text.Json;
using Hypergate.Catalog;
using Hypergate.Model;

namespace Hypergate.Host.Policies;

/// <summary>Asks two settings about the calls of the audit, and tells where they differ.</summary>
/// <param name="catalog">The operations as they are now.</param>
/// <param name="callerOf">Who a name of the audit is now, where a record does not tell the roles; null for nobody known.</param>
internal sealed class PolicyReplay(CatalogSnapshot catalog, Func<string, Caller?> callerOf)
{
    private static readonly PolicyAnswer Nothing = new("", "");

    private readonly Dictionary<string, Difference> _differences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Asked> _asked = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _unheld = new(StringComparer.Ordinal);

    /// <summary>Calls that were asked about.</summary>
    public int Replayed { get; private set; }

    /// <summary>Calls whose operation or caller is no longer known.</summary>
    public int Unknown { get; private set; }

    /// <summary>Calls that rules decide by arguments whose values the audit does not hold.</summary>
    public int Undecided { get; private set; }

    /// <summary>Those arguments.</summary>
    public IReadOnlyCollection<string> Unheld => _unheld;

    /// <summary>Calls for which anything is another.</summary>
    public int Changed { get; private set; }

    public IReadOnlyList<Difference> Differences => [.. _differences.Values.OrderByDescending(static difference => difference.Count)];

    /// <summary>Takes one record.</summary>
    public async Task AddAsync(JsonElement record, PolicyTrial before, PolicyTrial after, CancellationToken cancellationToken)
    {
        if (Text(record, "phase") is not ("call" or "end") || Text(record, "tool") is "preview")
        {
            return;
        }

        if (CallOf(record) is not { } call)
        {
            Unknown++;
            return;
        }

        var key = $"{call.Caller.Name}\n{string.Join(',', call.Caller.Roles)}\n{call.Backend}\n{call.Operation.Name}\n{call.Arguments}";
        if (!_asked.TryGetValue(key, out var asked))
        {
            _asked[key] = asked = await AskAsync(call, before, after, cancellationToken);
        }

        if (asked.Unheld.Count > 0)
        {
            Undecided++;
            _unheld.UnionWith(asked.Unheld);
            return;
        }

        Replayed++;
        var isOther = Count(call, asked.Before, asked.After);

        // Who is given a call with its secrets is told of both; who loses a call sees no answer.
        isOther |= asked.After.IsAllowed && Count(call, SecretsBy(before, call), SecretsBy(after, call));
        Changed += isOther ? 1 : 0;
    }

    private static async Task<Asked> AskAsync(Call call, PolicyTrial before, PolicyTrial after, CancellationToken cancellationToken)
    {
        List<string> unheld = [.. before.ArgumentsAskedFor(call).Union(after.ArgumentsAskedFor(call), StringComparer.Ordinal).Where(name => RecordedArguments.Hides(call.Arguments, name))];
        return unheld.Count > 0
            ? new(Nothing, Nothing, unheld)
            : new(await before.DecideAsync(call, cancellationToken), await after.DecideAsync(call, cancellationToken), unheld);
    }

    private static PolicyAnswer SecretsBy(PolicyTrial trial, Call call) => trial.RolesThatSeeSecrets(call) is [var role, ..]
        ? new("secrets in the answer shown", $"roles.{role}.secrets")
        : new("secrets in the answer hidden", $"no role of the caller has secrets for {call.Backend}");

    private bool Count(Call call, PolicyAnswer before, PolicyAnswer after)
    {
        if (before.Word == after.Word)
        {
            return false;
        }

        var what = $"{call.Caller.Name}\n{call.Backend}\n{call.Operation.Name}\n{before.Word}\n{after.Word}";
        _differences[what] = _differences.TryGetValue(what, out var known)
            ? known with { Count = known.Count + 1 }
            : new(call.Caller.Name, call.Backend, call.Operation.Name, before, after, 1);
        return true;
    }

    private Call? CallOf(JsonElement record)
    {
        var (backend, name) = (Text(record, "backend"), Text(record, "operation"));
        if (catalog.Find(backend, name) is not { } operation || CallerOf(record) is not { } caller)
        {
            return null;
        }

        var arguments = record.TryGetProperty("arguments", out var given) && given.ValueKind == JsonValueKind.Object ? given : JsonElement.Parse("{}");
        return PolicyTrial.CallOf(caller, backend, operation, arguments);
    }

    private Caller? CallerOf(JsonElement record)
    {
        var name = Text(record, "caller");
        var now = callerOf(name);
        return record.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array
            ? (now ?? new Caller(name, [])) with { Roles = [.. roles.EnumerateArray().Select(static role => role.ToString())] }
            : now;
    }

    private static string Text(JsonElement record, string property) =>
        record.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <param name="Unheld">Arguments that rules ask for and the record does not hold; then nobody was asked.</param>
    private sealed record Asked(PolicyAnswer Before, PolicyAnswer After, IReadOnlyList<string> Unheld);

    /// <summary>Calls to which the draft says something else.</summary>
    internal sealed record Difference(string Caller, string Backend, string Operation, PolicyAnswer Before, PolicyAnswer After, int Count)
    {
        public override string ToString() => $"{Count,6} ×  {Caller}  {Operation} on {Backend}: {Before.Word} → {After.Word} ({After.Why})";
    }
}
