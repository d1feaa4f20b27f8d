using Hypergate.Backends;
using Hypergate.Governance.Authorization;
using Hypergate.Model;
using Hypergate.Schemas;
using Hypergate.Tools.Operations;

namespace Hypergate.Tools;

/// <summary>
/// Finds the operation that a caller names, first hit wins and nothing is guessed: by its name, by <c>backend.name</c> in the
/// spellings that clients and scripts use, then by name without regard to case and separators. What callers may not see does not exist.
/// </summary>
internal sealed class OperationLookup(ToolSurroundings surroundings)
{
    private const int MostNearest = 3;
    private const int MostCandidates = 10;

    // Before a name as scripts write it.
    private const string InScripts = "api.";

    private static readonly char[] Separators = ['.', '_', ':', '/'];

    private readonly RegistryLookup _registry = new(surroundings);

    /// <param name="name">As the caller wrote it.</param>
    /// <param name="backend">The backend that the caller named; null for any.</param>
    /// <param name="anyWillDo">Whether the first backend is as good as any other: to describe an operation, not to run it.</param>
    public OperationFinding Find(string name, string? backend, bool anyWillDo = false)
    {
        if (backend is not null && surroundings.Backends.All(candidate => candidate.Name != backend))
        {
            return new OperationFinding.Missing($"There is no backend '{backend}'; it is one of {string.Join(", ", surroundings.Backends.Select(static known => known.Name))}.");
        }

        // What most callers write: no list of everything is made for it.
        if (backend is not null && surroundings.FindShown(surroundings.Catalog.Current, backend, name) is { } exact)
        {
            return new OperationFinding.Found(backend, exact);
        }

        var shown = Shown(backend);
        var found = Exact(shown, name);
        found = found.Count > 0 ? found : OfBackend(shown, name);
        found = found.Count > 0 ? found : shown.FindAll(entry => entry.Operation.OtherNames.Any(other => IsOther(name, other, entry.Backend)));
        found = found.Count > 0 ? found : Folded(shown, name);
        found = found.Count > 0 ? found : _registry.Find(name, shown);
        return found switch
        {
            [var (only, operation)] => Named(name, only, operation),
            [] when name.StartsWith(InScripts, StringComparison.Ordinal) => Find(name[InScripts.Length..], backend, anyWillDo),
            [] => Unknown(shown, name, backend),
            [var (first, operation), ..] when anyWillDo => Named(name, first, operation),
            _ => new OperationFinding.Missing(Ambiguous(found, name)) { Candidates = [.. found.Take(MostCandidates).Select(static entry => $"{entry.Backend}.{entry.Operation.Name}")] },
        };
    }

    // Of a name in the spelling of a public DADL file the arguments may be the file's as well; an operation's own spelling means its own.
    private OperationFinding.Found Named(string name, string backend, Operation operation) =>
        new(backend, operation) { Registry = name.EndsWith(operation.Name, StringComparison.Ordinal) ? null : _registry.FitOf(name, backend, operation) };

    private List<(string Backend, Operation Operation)> Shown(string? backend)
    {
        var catalog = surroundings.Catalog.Current;
        return [.. surroundings.Backends
            .Where(candidate => backend is null || candidate.Name == backend)
            .SelectMany(candidate => surroundings.Shown(catalog, candidate.Name).Select(operation => (candidate.Name, operation)))];
    }

    private static List<(string Backend, Operation Operation)> Exact(List<(string Backend, Operation Operation)> shown, string name) =>
        shown.FindAll(entry => entry.Operation.Name == name);

    // xo.StartVm, xo_StartVm, xo:StartVm, mcp__hypergate__xo_StartVm
    private static List<(string Backend, Operation Operation)> OfBackend(List<(string Backend, Operation Operation)> shown, string name)
    {
        var plain = Plain(name);
        var found = shown.FindAll(entry => IsOf(plain, entry.Backend, entry.Operation) || IsOf(plain, OperationToolNames.Plain(entry.Backend), entry.Operation));

        // Names that differ in nothing but their case are told apart by it.
        return found.Exists(entry => plain.EndsWith(entry.Operation.Name, StringComparison.Ordinal)) ? found.FindAll(entry => plain.EndsWith(entry.Operation.Name, StringComparison.Ordinal)) : found;
    }

    private static bool IsOf(string name, string backend, Operation operation) =>
        name.Length == backend.Length + 1 + operation.Name.Length
        && name.StartsWith(backend, StringComparison.OrdinalIgnoreCase)
        && Separators.Contains(name[backend.Length])
        && name.EndsWith(operation.Name, StringComparison.OrdinalIgnoreCase);

    // A name from elsewhere, alone or behind the backend's.
    private static bool IsOther(string name, string other, string backend) =>
        name.EndsWith(other, StringComparison.Ordinal)
        && (name.Length == other.Length || (name.Length == backend.Length + 1 + other.Length && name.StartsWith(OperationToolNames.Plain(backend), StringComparison.OrdinalIgnoreCase) && Separators.Contains(name[backend.Length])));

    private static List<(string Backend, Operation Operation)> Folded(List<(string Backend, Operation Operation)> shown, string name)
    {
        var folded = Fold(name);
        return folded.Length == 0 ? [] : shown.FindAll(entry => Fold(entry.Operation.Name) == folded || Fold(entry.Backend + entry.Operation.Name) == folded);
    }

    private static string Fold(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private OperationFinding.Missing Unknown(List<(string Backend, Operation Operation)> shown, string name, string? backend)
    {
        if (((backend is null ? null : surroundings.Gap(backend)) ?? Unavailable(name, backend)) is { } reason)
        {
            return new(reason);
        }

        var nearest = Nearest(WithoutBackend(name), [.. shown.Select(static entry => entry.Operation.Name).Distinct(StringComparer.Ordinal)]);
        var none = backend is null && surroundings.Backends.Count > 0
            ? $"There is no operation '{name}' on any backend ({string.Join(", ", surroundings.Backends.Select(static known => known.Name))})."
            : AuthorizationStep.NoSuchOperation(name, backend ?? "any");
        var gaps = backend is null ? surroundings.Backends.Select(known => surroundings.Gap(known.Name)).OfType<string>() : [];
        return new(string.Join(' ', [none + Meant(nearest), .. gaps])) { Nearest = nearest };
    }

    // Of xo.StartVmm and mcp__hypergate__xo_StartVmm what stands behind the backend is misspelt, not the whole.
    private string WithoutBackend(string name)
    {
        var plain = Plain(name);
        return surroundings.Backends.SelectMany(static backend => (string[])[backend.Name, OperationToolNames.Plain(backend.Name)])
            .FirstOrDefault(backend => plain.Length > backend.Length + 1 && plain.StartsWith(backend, StringComparison.OrdinalIgnoreCase) && Separators.Contains(plain[backend.Length])) is { } place
            ? plain[(place.Length + 1)..]
            : plain;
    }

    private static string Plain(string name) =>
        name.LastIndexOf("__", StringComparison.Ordinal) is > 0 and var end && name.StartsWith("mcp__", StringComparison.Ordinal) ? name[(end + 2)..] : name;

    // What a description offers and this gateway cannot run is told by name, not listed.
    private string? Unavailable(string name, string? backend)
    {
        var catalog = surroundings.Catalog.Current;
        List<(string Backend, Operation Operation)> unavailable = [.. surroundings.Backends
            .Where(candidate => backend is null || candidate.Name == backend)
            .SelectMany(candidate => (catalog.Find(candidate.Name)?.Operations ?? []).Where(static operation => operation.Rules is { Unavailable: not null, IsInternal: false }).Select(operation => (candidate.Name, operation)))];
        return Exact(unavailable, name).Concat(OfBackend(unavailable, name)).Select(static entry => entry.Operation).FirstOrDefault() is { } found
            ? $"{found.Name} is not available: {found.Rules!.Unavailable}{(found.Rules.Unavailable!.EndsWith('?') ? "" : ".")}"
            : null;
    }

    /// <summary>A sentence, after a blank, with up to three of the known names that may have been meant; empty where none is near.</summary>
    public static string Meant(string name, IEnumerable<string> known) => Meant(Nearest(name, [.. known.Distinct(StringComparer.Ordinal)]));

    private static string Meant(List<string> nearest) =>
        nearest.Count == 0 ? "" : $" Did you mean {Words.Or([.. nearest.Select(static one => $"'{one}'")])}?";

    /// <summary>Up to three of the known names that may have been meant.</summary>
    public static List<string> Nearest(string name, List<string> known)
    {
        var nearest = new List<string>();
        while (nearest.Count < MostNearest && NearestName.Find(name, known) is { } next)
        {
            nearest.Add(next);
            known.Remove(next);
        }

        return nearest;
    }

    private static string Ambiguous(List<(string Backend, Operation Operation)> found, string name) =>
        $"Several operations are called '{name}': {string.Join(", ", found.Take(MostCandidates).Select(static entry => $"{entry.Backend}.{entry.Operation.Name}"))}. Name the backend as well.";
}

/// <summary>What came of looking for an operation.</summary>
internal abstract record OperationFinding
{
    private OperationFinding()
    {
    }

    internal sealed record Found(string Backend, Operation Operation) : OperationFinding
    {
        /// <summary>How the arguments of a public DADL file are the operation's, where it was named as the file names it; null else.</summary>
        public RegistryFit? Registry { get; init; }
    }

    /// <param name="Problem">For the caller, with what to do next.</param>
    internal sealed record Missing(string Problem) : OperationFinding
    {
        /// <summary>The operations that the name could mean, with their backends; empty where it means none.</summary>
        public IReadOnlyList<string> Candidates { get; init; } = [];

        /// <summary>Names that are like it, where it means none.</summary>
        public IReadOnlyList<string> Nearest { get; init; } = [];
    }
}
