using System.Text.Json;
using Hypergate.Catalog;
using Hypergate.Model;

namespace Hypergate.Host.Policies;

/// <summary>Asks two settings about the calls of the audit, and tells where they differ.</summary>
/// <param name="catalog">The operations as they are now.</param>
/// <param name="callerOf">Who a name of the audit is now, where a record does not tell the roles; null for nobody known.</param>
internal sealed class PolicyReplay(CatalogSnapshot catalog, Func<string, Caller?> callerOf)
{
    private readonly Dictionary<string, Difference> _differences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (PolicyAnswer Before, PolicyAnswer After)> _asked = new(StringComparer.Ordinal);

    /// <summary>Calls that were asked about.</summary>
    public int Replayed { get; private set; }

    /// <summary>Calls whose operation or caller is no longer known.</summary>
    public int Unknown { get; private set; }

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

        Replayed++;
        var key = $"{call.Caller.Name}\n{string.Join(',', call.Caller.Roles)}\n{call.Backend}\n{call.Operation.Name}\n{call.Arguments}";
        if (!_asked.TryGetValue(key, out var answers))
        {
            _asked[key] = answers = (await before.DecideAsync(call, cancellationToken), await after.DecideAsync(call, cancellationToken));
        }

        if (answers.Before.Word != answers.After.Word)
        {
            var what = $"{call.Caller.Name}\n{call.Backend}\n{call.Operation.Name}\n{answers.Before.Word}\n{answers.After.Word}";
            _differences[what] = _differences.TryGetValue(what, out var known)
                ? known with { Count = known.Count + 1 }
                : new(call.Caller.Name, call.Backend, call.Operation.Name, answers.Before, answers.After, 1);
        }
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

    /// <summary>Calls to which the draft says something else.</summary>
    internal sealed record Difference(string Caller, string Backend, string Operation, PolicyAnswer Before, PolicyAnswer After, int Count)
    {
        public override string ToString() => $"{Count,6} ×  {Caller}  {Operation} on {Backend}: {Before.Word} → {After.Word} ({After.Why})";
    }
}
