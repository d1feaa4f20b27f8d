using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>Finds operations for a listing, each once for all backends that offer it alike.</summary>
internal sealed class CodeSelection(CodeRoom room, CodeWish wish, int mostFound)
{
    public IReadOnlyList<CodeFound> Find()
    {
        var groups = CodeGroup.Of(room.Surroundings, room.Surroundings.Catalog.Current)
            .Where(group => wish.Backend is null || group.Backends.Any(backend => backend.Name == wish.Backend)).ToList();
        if (wish.Names.Count > 0)
        {
            return ByName(groups);
        }

        var found = wish.Query is { Length: > 0 } query ? ByWords(groups, query) : groups.SelectMany(group => group.Operations.Where(operation => Fits(group, operation)).Select(operation => new CodeFound(group, operation)));
        return [.. found];
    }

    // As scripts write it, or with the backend's name as it is configured.
    private bool Fits(CodeGroup group, Operation operation) => wish.Pattern is not { } pattern
        || group.Backends.Any(backend => pattern.IsMatch($"{ScriptNames.Of(backend.Name)}.{ScriptNames.Of(operation)}") || pattern.IsMatch($"{backend.Name}.{operation.Name}"));

    private List<CodeFound> ByName(List<CodeGroup> groups)
    {
        var lookup = new OperationLookup(room.Surroundings);
        return [.. wish.Names
            .Select(name => lookup.Find(name, wish.Backend, anyWillDo: true) is OperationFinding.Found found
                ? groups.Where(group => group.Backends.Any(backend => backend.Name == found.Backend)).Select(group => new CodeFound(group, found.Operation)).FirstOrDefault()
                : null)
            .OfType<CodeFound>().Distinct()];
    }

    private IEnumerable<CodeFound> ByWords(List<CodeGroup> groups, string query)
    {
        var owners = groups.SelectMany(static group => group.Backends.Select(backend => (backend.Name, group))).ToDictionary(static pair => pair.Name, static pair => pair.group, StringComparer.Ordinal);
        var index = room.Indexes.Current;
        return index.Operations.Find(query, mostFound, entry => index.Backends[entry.Backend].Any(backend => owners.TryGetValue(backend.Name, out var group) && group.Operations.Contains(entry.Operation) && Fits(group, entry.Operation)))
            .Select(hit => new CodeFound(owners[index.Backends[hit.Operation.Backend].First(backend => owners.ContainsKey(backend.Name)).Name], hit.Operation.Operation));
    }
}
