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
        var kindsMix = KindsMix(surroundings.Backends);
        var families = new Dictionary<string, DomainFamily>(StringComparer.Ordinal);
        foreach (var backend in surroundings.Backends)
        {
            foreach (var operation in surroundings.Shown(catalog, backend.Name))
            {
                var name = NameOf(backend.Kind, operation.Domain, operation.Changes, kindsMix);
                if (!families.TryGetValue(name, out var family))
                {
                    families.Add(name, family = new DomainFamily(name, backend.Kind, operation));
                }

                family.Add(backend, operation);
            }
        }

        return families.Values.Select(family => family.ToTool(Backends(catalog, family)));
    }

    /// <summary>Whether tools carry the prefix of their kind. By the settings and not by who has answered, so that no name changes meanwhile.</summary>
    public static bool KindsMix(IReadOnlyList<Backend> backends) =>
        backends.Select(static backend => backend.Kind.ToolPrefix).Distinct(StringComparer.Ordinal).Skip(1).Any();

    public static string NameOf(BackendKind kind, string domain, bool acts, bool kindsMix) =>
        $"{(kindsMix ? kind.ToolPrefix + "_" : "")}{domain}_{(acts ? "action" : "query")}";

    // One that has not answered yet may have the family too: it stays choosable, so that a call to it says what is wrong there.
    private IReadOnlyList<string> Backends(CatalogSnapshot catalog, DomainFamily family) =>
    [
        .. surroundings.Backends
            .Where(backend => family.IsOf(backend) || (backend.Kind.ToolPrefix == family.Kind.ToolPrefix && catalog.Find(backend.Name) is null))
            .Select(static backend => backend.Name),
    ];

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
