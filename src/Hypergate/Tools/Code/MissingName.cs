namespace Hypergate.Tools.Code;

/// <summary>What a script is told of a name that means no operation, or several: names as it can write them.</summary>
/// <param name="room">Whose operations there are.</param>
/// <param name="standard">The backend of bare names; null for none.</param>
internal sealed class MissingName(CodeRoom room, string? standard)
{
    public CodeError Tell(IReadOnlyList<string> path, OperationFinding.Missing missing)
    {
        if (missing.Candidates.Count > 0)
        {
            List<string> candidates = [.. missing.Candidates.Select(Canonical)];
            return new("ambiguous_name", $"Several operations are called '{path[^1]}': {string.Join(", ", candidates)}. Name the backend as well.") { Candidates = candidates };
        }

        if (missing.Nearest.Count > 0)
        {
            return new("unknown_operation", missing.Problem) { Candidates = [.. missing.Nearest.Select(name => Named(name, path))] };
        }

        // It may be the backend's name that is misspelt.
        var nearest = path.Count > 1 ? OperationLookup.Nearest(string.Join('.', path), [.. Offered().Select(static one => $"{ScriptNames.Of(one.Backend)}.{ScriptNames.Of(one.Name)}")]) : [];
        return new("unknown_operation", nearest.Count == 0 ? missing.Problem : $"{missing.Problem} Did you mean {string.Join(", ", nearest.Select(static name => $"'{name}'"))}?") { Candidates = nearest };
    }

    private IEnumerable<(string Backend, string Name)> Offered() => room.Surroundings.Backends
        .SelectMany(backend => room.Surroundings.Shown(room.Surroundings.Catalog.Current, backend.Name).Select(operation => (backend.Name, operation.Name)));

    private string Canonical(string candidate) =>
        room.Surroundings.Backends.FirstOrDefault(backend => candidate.StartsWith(backend.Name + ".", StringComparison.Ordinal)) is { Name: var name }
            ? $"{ScriptNames.Of(name)}.{ScriptNames.Of(candidate[(name.Length + 1)..])}"
            : candidate;

    // On the backend that was named, else on the first that offers it.
    private string Named(string operation, IReadOnlyList<string> path)
    {
        var owners = Offered().Where(one => one.Name == operation).Select(static one => one.Backend).ToList();
        var owner = owners.Find(backend => path[0] == backend || path[0] == ScriptNames.Of(backend)) ?? owners.Find(backend => backend == standard) ?? owners.FirstOrDefault();
        return owner is null ? operation : $"{ScriptNames.Of(owner)}.{ScriptNames.Of(operation)}";
    }
}
