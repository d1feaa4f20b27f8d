using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.XenOrchestra;

/// <summary>Backup archives of VMs.</summary>
internal static class XenOrchestraBackups
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(15);

    private static readonly RowMap<Archive> Map = new("backups")
    {
        { "backend", static archive => Cell.Of(archive.Backend) },
        { "cluster", static archive => Cell.Of(archive.Guest?.Cluster) },
        { "volid", static archive => Cell.Of(archive.Item.Text("id")) },
        { "guest_id", static archive => Cell.Of(archive.GuestId) },
        { "guest_name", static archive => Cell.Of(archive.Item.Get("vm").Name("name_label") ?? archive.Guest?.Name) },
        { "guest_exists", static archive => Cell.Of(archive.Guest is not null) },
        { "storage", static archive => Cell.Of(archive.Repository) },
        { "created", static archive => Cell.Of(archive.Created) },
        { "age", static archive => Moments.Between(archive.Created, archive.Now) },
        { "size", static archive => Cell.Of(archive.Item.Int("size")) },
        { "format", static archive => Cell.Of(archive.Item.Name("mode")) },
        { "is_protected", static archive => Cell.Of(archive.Item.Flag("isImmutable")) },
        { "includes_memory", static archive => Cell.Of(archive.Item.Flag("withMemory")) },
        { "job_id", static archive => Cell.Of(archive.Item.Name("jobId")) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new XenOrchestraWorld(visit.Reads, cancellationToken);
        var archives = await visit.Reads.GetAsync(
            "/backup-archives", [("fields", "id,backupRepository,vm,timestamp,size,mode,isImmutable,withMemory,jobId")], cancellationToken, Life);
        var repositories = await RepositoriesAsync(world);
        var guests = await world.GuestPlacesAsync();
        return Map.Rows(archives.Elements()
            .Select(archive => new Archive(visit.Backend, archive, visit.Now)
            {
                Guest = guests.GetValueOrDefault(archive.Get("vm").Text("uuid") ?? ""),
                Repository = repositories.GetValueOrDefault(archive.Text("backupRepository") ?? "") ?? archive.Text("backupRepository"),
            })
            .Where(archive => visit.Admits("storage", Cell.Of(archive.Repository)) && visit.Admits("guest_id", Cell.Of(archive.GuestId))));
    }

    /// <summary>Names of backup repositories by their ids.</summary>
    public static async Task<Dictionary<string, string>> RepositoriesAsync(XenOrchestraWorld world)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var repository in await world.TryListAsync("/backup-repositories", "id,name,enabled"))
        {
            if (repository.Text("id") is { } id)
            {
                names[id] = repository.Name("name") ?? id;
            }
        }

        return names;
    }

    private sealed record Archive(string Backend, JsonElement Item, DateTimeOffset Now)
    {
        public GuestPlace? Guest { get; init; }

        public string? Repository { get; init; }

        public string? GuestId => Item.Get("vm").Text("uuid");

        public DateTimeOffset? Created => Moments.OfMilliseconds(Item.Number("timestamp"));
    }
}
