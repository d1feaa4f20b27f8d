using Hypergate.Backends;
using Hypergate.Catalog;

namespace Hypergate.Tools.Domains;

/// <summary>
/// The domains surface: for each resource family one tool that looks and, where actions are enabled, one that changes.
/// Names and argument names are those of the reference server, so that prompts and habits carry over.
/// </summary>
internal sealed class DomainSurface(ToolSurroundings surroundings)
{
    /// <summary>The tools for a catalog, in a fixed order: by name.</summary>
    public IReadOnlyList<ToolDefinition> Build(CatalogSnapshot catalog) =>
        [.. Group(catalog).OrderBy(static tool => tool.Name, StringComparer.Ordinal).Select(Define)];

    private IEnumerable<DomainTool> Group(CatalogSnapshot catalog)
    {
        var shown = surroundings.Backends
            .SelectMany(backend => surroundings.Shown(catalog, backend.Name).Select(operation => (Backend: backend, Operation: operation)))
            .ToList();
        var kindsMix = KindsMix(surroundings.Backends);
        foreach (var family in shown.GroupBy(static entry => (entry.Backend.Kind, entry.Operation.Domain, entry.Operation.Changes)))
        {
            var (kind, domain, acts) = family.Key;
            yield return new DomainTool(
                NameOf(kind, domain, acts, kindsMix),
                kind.Title,
                domain,
                acts,
                Backends(catalog, kind, family.Select(static entry => entry.Backend)),
                [.. family.Select(static entry => entry.Operation).DistinctBy(static operation => operation.Name, StringComparer.Ordinal)]);
        }
    }

    /// <summary>Whether tools carry the prefix of their kind. By the settings and not by who has answered, so that no name changes meanwhile.</summary>
    public static bool KindsMix(IReadOnlyList<Backend> backends) =>
        backends.Select(static backend => backend.Kind.ToolPrefix).Distinct(StringComparer.Ordinal).Skip(1).Any();

    public static string NameOf(BackendKind kind, string domain, bool acts, bool kindsMix) =>
        $"{(kindsMix ? kind.ToolPrefix + "_" : "")}{domain}_{(acts ? "action" : "query")}";

    // One that has not answered yet may have the family too: it stays choosable, so that a call to it says what is wrong there.
    private IReadOnlyList<string> Backends(CatalogSnapshot catalog, BackendKind kind, IEnumerable<Backend> having)
    {
        var names = having.Select(static backend => backend.Name).ToHashSet(StringComparer.Ordinal);
        return [.. surroundings.Backends
            .Where(backend => names.Contains(backend.Name) || (backend.Kind == kind && catalog.Find(backend.Name) is null))
            .Select(static backend => backend.Name)];
    }

    private ToolDefinition Define(DomainTool tool) => new()
    {
        Name = tool.Name,
        Title = tool.Title,
        Description = DomainDescription.Of(tool),
        InputSchema = DomainSchema.Input(tool),
        OutputSchema = DomainSchema.Output(tool),
        Hints = tool.Hints,
        Run = new DomainRunner(tool, surroundings).RunAsync,
    };
}
