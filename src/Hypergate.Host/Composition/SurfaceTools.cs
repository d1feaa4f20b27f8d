using Hypergate.Backends;
using Hypergate.Catalog;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Tools;
using Hypergate.Tools.Code;
using Hypergate.Tools.Domains;
using Hypergate.Tools.Fleet;
using Hypergate.Tools.Operations;
using Hypergate.Tools.Query;
using Hypergate.Tools.Search;

namespace Hypergate.Host.Composition;

/// <summary>The surfaces of this build, by the setting that switches them on.</summary>
internal static class SurfaceTools
{
    /// <summary>The tool that runs an operation.</summary>
    public static string ToolOf(GatewaySettings settings, ToolSurroundings surroundings, Backend backend, Operation operation)
    {
        if (settings.ShownSurfaces.Contains(Surface.Domains) && settings.Shows(Surface.Domains, backend.Kind.Settings))
        {
            return DomainSurface.NameOf(backend.Kind, operation.Domain, operation.Changes, DomainSurface.KindsMix(Shown(Surface.Domains, settings, surroundings).Backends));
        }

        return settings.ShownSurfaces.Contains(Surface.Operations) && settings.Shows(Surface.Operations, backend.Kind.Settings) && new OperationSurface(surroundings, settings.OperationTools).IsWanted(operation)
            ? new OperationToolNames(surroundings.Backends, surroundings.Catalog.Current).Of(backend.Name, operation)
            : settings.ShownSurfaces.Contains(Surface.Code) && !settings.ShownSurfaces.Contains(Surface.Search) ? ExecuteCodeTool.Name : CallOperationTool.Name;
    }

    /// <summary>Makes the tools of a surface for a catalog.</summary>
    public static Func<CatalogSnapshot, IEnumerable<ToolDefinition>> Build(Surface surface, GatewaySettings settings, FleetRoom room, Func<CodeRoom> code)
    {
        var (name, make) = (surface.ToString().ToLowerInvariant(), Make(surface, settings, room, code));
        return catalog => make(catalog).Select(tool => On(name, tool));
    }

    /// <summary>A tool whose calls tell the audit by which way they came in.</summary>
    public static ToolDefinition On(string surface, ToolDefinition tool) =>
        tool with { Run = (request, cancellationToken) => tool.Run(request with { Caller = request.Caller.By(surface) }, cancellationToken) };

    private static Func<CatalogSnapshot, IEnumerable<ToolDefinition>> Make(Surface surface, GatewaySettings settings, FleetRoom room, Func<CodeRoom> code) => surface switch
    {
        Surface.Domains => new DomainSurface(Shown(surface, settings, room.Surroundings)).Build,
        Surface.Operations => new OperationSurface(Shown(surface, settings, room.Surroundings), settings.OperationTools).Build,
        Surface.Search => new SearchSurface(room.Surroundings, room.Time).Build,
        Surface.Fleet => new FleetSurface(room).Build,
        Surface.Query => Query(room),
        Surface.Code => new CodeSurface(code()).Build,
        _ => throw new SettingsException(SettingsChecks.NotInThisBuild(surface)),
    };

    // With the backends that this surface shows.
    private static ToolSurroundings Shown(Surface surface, GatewaySettings settings, ToolSurroundings surroundings) =>
        surroundings.Backends.All(backend => settings.Shows(surface, backend.Kind.Settings))
            ? surroundings
            : surroundings with { Backends = [.. surroundings.Backends.Where(backend => settings.Shows(surface, backend.Kind.Settings))] };

    private static Func<CatalogSnapshot, IEnumerable<ToolDefinition>> Query(FleetRoom room)
    {
        var tools = QueryTools.All(room.Inventory, [.. room.Surroundings.Backends.Select(static backend => new QueryBackend(backend.Name, backend.Kind.Name))], room.Output, room.Time);
        return _ => tools;
    }
}
