using Hypergate.Backends;
using Hypergate.Catalog;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Tools;
using Hypergate.Tools.Domains;
using Hypergate.Tools.Operations;
using Hypergate.Tools.Search;

namespace Hypergate.Host.Composition;

/// <summary>The surfaces of this build, by the setting that switches them on.</summary>
internal static class SurfaceTools
{
    /// <summary>Makes the tools of the chosen surfaces for a catalog.</summary>
    public static IReadOnlyList<Func<CatalogSnapshot, IEnumerable<ToolDefinition>>> Of(GatewaySettings settings, ToolSurroundings surroundings) =>
        [.. settings.Surfaces.Distinct().Select(surface => Build(surface, settings, surroundings))];

    /// <summary>The tool that runs an operation.</summary>
    public static string ToolOf(GatewaySettings settings, ToolSurroundings surroundings, Backend backend, Operation operation)
    {
        if (settings.Surfaces.Contains(Surface.Domains))
        {
            return DomainSurface.NameOf(backend.Kind, operation.Domain, operation.Changes, DomainSurface.KindsMix(surroundings.Backends));
        }

        return settings.Surfaces.Contains(Surface.Operations) && new OperationSurface(surroundings, settings.OperationTools).IsWanted(operation)
            ? new OperationToolNames(surroundings.Backends, surroundings.Catalog.Current).Of(backend.Name, operation)
            : CallOperationTool.Name;
    }

    private static Func<CatalogSnapshot, IEnumerable<ToolDefinition>> Build(Surface surface, GatewaySettings settings, ToolSurroundings surroundings) => surface switch
    {
        Surface.Domains => new DomainSurface(surroundings).Build,
        Surface.Operations => new OperationSurface(surroundings, settings.OperationTools).Build,
        Surface.Search => new SearchSurface(surroundings).Build,
        _ => throw new SettingsException(SettingsChecks.NotInThisBuild(surface)),
    };
}
