using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.XenOrchestra;

/// <summary>The collections of a Xen Orchestra, and names by id. A collection is asked for the same fields whatever the table, so that one read serves all.</summary>
internal sealed class XenOrchestraWorld(PlatformReads reads, CancellationToken cancellationToken)
{
    private const string GuestFields = "uuid,name_label,name_description,power_state,$container,$pool,resourceSet,tags,current_operations,startTime,CPUs,"
        + "memory,high_availability,os_version,mainIpAddress,addresses,installTime,creation,boot,auto_poweron,coresPerSocket,managementAgentDetected,blockedOperations,secureBoot";

    private Dictionary<string, JsonElement>? _hosts;

    public Task<List<JsonElement>> PoolsAsync() => ListAsync("/pools", "uuid,name_label,HA_enabled,cpus,master,tags");

    public Task<List<JsonElement>> HostsAsync() =>
        ListAsync("/hosts", "uuid,name_label,hostname,power_state,enabled,startTime,cpus,memory,residentVms,controlDomain,version,productBrand,address,license_params,tags,rebootRequired,$pool");

    public Task<List<JsonElement>> GuestsAsync() => ListAsync("/vms", GuestFields);

    public Task<List<JsonElement>> TemplatesAsync() => ListAsync("/vm-templates", GuestFields);

    public Task<List<JsonElement>> StoragesAsync() =>
        ListAsync("/srs", "uuid,name_label,SR_type,content_type,shared,size,physical_usage,usage,$PBDs,$pool,$container,tags,inMaintenanceMode");

    public Task<List<JsonElement>> DrivesAsync() => ListAsync("/vbds", "uuid,VM,VDI,device,position,is_cd_drive,attached,read_only,$pool");

    public Task<List<JsonElement>> ImagesAsync() =>
        ListAsync("/vdis", "uuid,name_label,size,usage,VDI_type,image_format,parent,$SR,$pool,$VBDs");

    /// <summary>Starts reads side by side; each is read once, whoever asks for it again.</summary>
    public static Task TogetherAsync(params IReadOnlyList<Task<List<JsonElement>>> reads) => Task.WhenAll(reads);

    /// <summary>Whether a collection exists for whoever asks.</summary>
    public bool Offers(string path) => reads.Offers(path);

    /// <summary>A collection with some fields of its objects; empty where it does not exist for whoever asks.</summary>
    public async Task<List<JsonElement>> ListAsync(string path, string fields)
    {
        try
        {
            return [.. (await reads.GetAsync(path, [("fields", fields)], cancellationToken)).Elements()];
        }
        catch (PlatformReadException problem) when (problem.IsNotOffered)
        {
            return [];
        }
    }

    /// <summary>In an order that stays: Xen Orchestra moves what changes to the end of its list.</summary>
    public static IEnumerable<JsonElement> InOrder(IEnumerable<JsonElement> items) =>
        items.OrderBy(static item => item.Text("name_label"), StringComparer.OrdinalIgnoreCase).ThenBy(static item => item.Text("uuid"), StringComparer.Ordinal);

    /// <summary>The same; empty where this server does not have it.</summary>
    public async Task<List<JsonElement>> TryListAsync(string path, string fields) =>
        [.. (await reads.TryGetAsync(path, [("fields", fields)], cancellationToken)).Elements()];

    /// <summary>Names of pools by their ids.</summary>
    public async Task<Dictionary<string, string>> PoolNamesAsync() => Names(await PoolsAsync());

    /// <summary>Hosts by their ids.</summary>
    public async Task<Dictionary<string, JsonElement>> HostsByIdAsync() => _hosts ??= ById(await HostsAsync());

    public static Dictionary<string, string> Names(IEnumerable<JsonElement> items)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item.Text("uuid") is { } id)
            {
                names[id] = item.Name("name_label") ?? id;
            }
        }

        return names;
    }

    public static Dictionary<string, JsonElement> ById(IEnumerable<JsonElement> items)
    {
        var found = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item.Text("uuid") is { } id)
            {
                found[id] = item;
            }
        }

        return found;
    }

    /// <summary>Every guest and template by its id, as rows of other tables name it.</summary>
    public async Task<Dictionary<string, GuestPlace>> GuestPlacesAsync()
    {
        await TogetherAsync(PoolsAsync(), HostsAsync(), GuestsAsync(), TemplatesAsync());
        var pools = await PoolNamesAsync();
        var hosts = await HostsByIdAsync();
        var places = new Dictionary<string, GuestPlace>(StringComparer.Ordinal);
        foreach (var guest in (await GuestsAsync()).Concat(await TemplatesAsync()))
        {
            if (guest.Text("uuid") is { } id)
            {
                places[id] = Place(reads.Backend, guest, id, pools, hosts);
            }
        }

        return places;
    }

    public static GuestPlace Place(
        string backend, JsonElement guest, string id, Dictionary<string, string> pools, Dictionary<string, JsonElement> hosts) =>
        new()
        {
            Backend = backend,
            Cluster = pools.GetValueOrDefault(guest.Text("$pool") ?? ""),
            Id = id,
            Name = guest.Text("name_label"),
            Node = guest.Text("$container") is { } container && hosts.TryGetValue(container, out var host) ? HostName(host) : null,
            Type = "vm",
        };

    public static string? HostName(JsonElement host) => host.Name("name_label") ?? host.Name("hostname");

    /// <summary>Cells of the columns that say where an object of a pool is.</summary>
    public static IReadOnlyList<(string Column, Func<PoolPlace, Cell> Cell)> PlaceCells { get; } =
    [
        ("backend", static place => Cell.Of(place.Backend)),
        ("cluster", static place => Cell.Of(place.Pool)),
    ];
}

/// <summary>Where an object of a pool is.</summary>
internal readonly record struct PoolPlace(string Backend, string? Pool);
