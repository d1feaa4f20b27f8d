using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Tools.Operations;

namespace Hypergate.Tools;

/// <summary>
/// Finds operations by the names of the public DADL files, alone or behind the name of the backend or of the file: <c>list_vms</c>,
/// <c>xo.list_vms</c>, <c>xen_orchestra_list_vms</c>.
/// </summary>
internal sealed class RegistryLookup(ToolSurroundings surroundings)
{
    private static readonly char[] Separators = ['.', '_', ':', '/'];

    /// <summary>The operations that the name stands for, of those that callers may see.</summary>
    public List<(string Backend, Operation Operation)> Find(string name, IEnumerable<(string Backend, Operation Operation)> shown)
    {
        var known = surroundings.Backends.Select(backend => (backend.Name, Known: NameOf(name, backend))).Where(static pair => pair.Known is not null).ToDictionary(static pair => pair.Name, static pair => pair.Known!, StringComparer.Ordinal);
        return known.Count == 0 ? [] : [.. shown.Where(entry => known.TryGetValue(entry.Backend, out var one) && one.Fit(entry.Operation) is not null)];
    }

    /// <summary>How the arguments of the file are the operation's, where the name is the file's for it; null where it is not.</summary>
    public RegistryFit? FitOf(string name, string backend, Operation operation) =>
        NameOf(name, surroundings.Backends.First(candidate => candidate.Name == backend))?.Fit(operation);

    private static RegistryName? NameOf(string name, Backend backend)
    {
        if (backend.Kind.RegistryNames is not { } registry)
        {
            return null;
        }

        var names = registry.Value;
        return names.Find(name) ?? Inside(name, backend.Name, names) ?? Inside(name, OperationToolNames.Plain(backend.Name), names) ?? Inside(name, names.File, names);
    }

    private static RegistryName? Inside(string name, string prefix, RegistryNames names) =>
        name.Length > prefix.Length + 1 && Separators.Contains(name[prefix.Length]) && name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            ? names.Find(name[(prefix.Length + 1)..])
            : null;
}
