using System.Collections.Concurrent;
using Hypergate.Catalog;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Inventory;
using Hypergate.Results;
using Hypergate.Results.Secrets;
using Hypergate.Tools;
using Hypergate.Tools.Code;
using Hypergate.Tools.Fleet;
using Hypergate.Tools.Utility;
using Hypergate.Tools.Utility.Summary;

namespace Hypergate.Host.Composition;

/// <summary>What each audience works with: its backends under policies lowered to its rights, their objects, and its tools. Made when it first asks.</summary>
internal sealed class AudienceRooms
{
    private readonly ConcurrentDictionary<Audience, Room> _rooms = new();

    public required GatewaySettings Settings { get; init; }

    public required RoleBook Roles { get; init; }

    /// <summary>What there would be for a caller with every right.</summary>
    public required ToolSurroundings Everything { get; init; }

    public required ReadCache Reads { get; init; }

    public required SecretScrubber Scrubber { get; init; }

    /// <summary>Searches the public documentation.</summary>
    public required ToolDefinition Documentation { get; init; }

    /// <summary>Stands around every tool.</summary>
    public required ToolBoundary Boundary { get; init; }

    /// <summary>The room of scripts, of surroundings under an audience's settings.</summary>
    public required Func<ToolSurroundings, GatewaySettings, CodeRoom> CodeRoomOf { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>What an audience's roles change of the settings.</summary>
    public RoleView ViewFor(Audience audience) => RoleView.Of(Settings, Roles, audience);

    /// <summary>What an audience's tools work with.</summary>
    public ToolSurroundings SurroundingsFor(Audience audience) => RoomFor(audience).Surroundings;

    /// <summary>The objects of an audience's backends.</summary>
    public PlatformInventory InventoryFor(Audience audience) => RoomFor(audience).Inventory;

    /// <summary>Every tool that exists for an audience, ordered by name.</summary>
    public IReadOnlyList<ToolDefinition> ToolsFor(Audience audience)
    {
        var catalog = Everything.Catalog.Current;
        var room = RoomFor(audience);
        var tools = room.Utility.Select(static tool => SurfaceTools.On("utility", tool)).Concat(room.Surfaces.SelectMany(build => build(catalog)));
        return [.. (Roles.IsPlain ? tools : tools.Where(tool => Roles.Of(audience).ShowsTool(tool.Name))).OrderBy(static tool => tool.Name, StringComparer.Ordinal).Select(Boundary.Around)];
    }

    private Room RoomFor(Audience audience) => _rooms.GetOrAdd(audience, static (wanted, rooms) => rooms.Make(wanted), this);

    private Room Make(Audience audience)
    {
        var view = ViewFor(audience);
        var settings = view.Settings;
        var surroundings = view.Adapt(Everything with
        {
            Backends = [.. Everything.Backends.Where(backend => audience.Has(backend.Name) && Everything.Policies[backend.Name].Under(audience).Highest is not null)],
            Policies = Everything.Policies.ToDictionary(static pair => pair.Key, pair => pair.Value.Under(audience), StringComparer.Ordinal),
        });
        var inventory = new PlatformInventory(
            surroundings.Backends, new InventoryRoom(Everything.Catalog, Everything.Pipeline, Reads, (name, operation) => surroundings.Policies[name].Shows(operation), Time));
        var fleet = new FleetRoom
        {
            Surroundings = surroundings,
            Inventory = inventory,
            Output = settings.Output,
            Settings = settings.Fleet,
            Time = Time,
            Words = PreviewRedaction.WordsFor(Scrubber),
        };
        return new(
            surroundings,
            inventory,
            [
                new CheckConnectionTool(surroundings, Time).Tool,
                new DescribeOperationTool(surroundings, (backend, operation) => SurfaceTools.ToolOf(settings, surroundings, backend, operation)).Tool,
                new InfrastructureSummaryTool(surroundings).Tool,
                new WhoAmITool(surroundings).Tool,
                .. surroundings.Backends.Any(static backend => backend.Kind.IsDocumented) ? [Documentation] : Array.Empty<ToolDefinition>(),
            ],
            [.. settings.ShownSurfaces.Select(surface => SurfaceTools.Build(surface, settings, fleet, () => CodeRoomOf(surroundings, settings)))]);
    }

    private sealed record Room(ToolSurroundings Surroundings, PlatformInventory Inventory, IReadOnlyList<ToolDefinition> Utility, IReadOnlyList<Func<CatalogSnapshot, IEnumerable<ToolDefinition>>> Surfaces);
}
