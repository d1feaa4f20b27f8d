using Hypergate.Model;

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
        var nearest = path.Count > 1 ? OperationLookup.Nearest(string.Join('.', path), [.. Offered().Select(static one => Canonical(one.Backend, one.Operation))]) : [];
        return new("unknown_operation", nearest.Count == 0 ? missing.Problem : $"{missing.Problem} Did you mean {string.Join(", ", nearest.Select(static name => $"'{name}'"))}?") { Candidates = nearest };
    }

    private IEnumerable<(string Backend, Operation Operation)> Offered() => room.Surroundings.Backends
        .SelectMany(backend => room.Surroundings.Shown(room.Surroundings.Catalog.Current, backend.Name).Select(operation => (backend.Name, operation)));

    private string Canonical(string candidate) =>
        Offered().Where(one => candidate == $"{one.Backend}.{one.Operation.Name}").Select(static one => Canonical(one.Backend, one.Operation)).FirstOrDefault() ?? candidate;

    private static string Canonical(string backend, Operation operation) => $"{ScriptNames.Of(backend)}.{ScriptNames.Of(operation)}";

    // On the backend that was named, else on the first that offers it.
    private string Named(string name, IReadOnlyList<string> path)
    {
        var owners = Offered().Where(one => one.Operation.Name == name).ToList();
        var owner = owners.FindIndex(one => path[0] == one.Backend || path[0] == ScriptNames.Of(one.Backend));
        owner = owner < 0 ? owners.FindIndex(one => one.Backend == standard) : owner;
        return owners.Count == 0 ? name : Canonical(owners[Math.Max(owner, 0)].Backend, owners[Math.Max(owner, 0)].Operation);
    }
}
