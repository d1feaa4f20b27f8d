using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Access;
using Hypergate.Simulator.XenOrchestra.Answers;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>Lists: whole collections, and what hangs on one object; filtered by what the caller may read.</summary>
internal sealed class Lists(DataCentre world)
{
    public Task AnswerAsync(XoRequest request)
    {
        var query = ListQuery.Of(request.Operation, request.Query);
        var rows = world.Read(() => Rows(request, query));
        return new ListAnswer(world, request.Http, query).WriteAsync(rows);
    }

    private List<ListRow> Rows(XoRequest request, ListQuery query)
    {
        var rights = new Rights(world, request.Caller!);
        var rows = Items(request)
            .Where(row => MayRead(rights, request, row.Collection, row.Item) && query.Filter.Matches(row.Item))
            .Select(row => new ListRow(row.Item, row.Collection.Name == "authentication-tokens" ? null : Addresses.Of(row.Collection, row.Item)));
        return [.. query.Limit is < 0 or > int.MaxValue ? rows : rows.Take((int)Math.Ceiling(query.Limit))];
    }

    // Whoever may ask for his own tokens and privileges may see them.
    private static bool MayRead(Rights rights, XoRequest request, Collection collection, JsonObject item) =>
        request.Operation.Segments is ["users", _, "authentication_tokens"]
        || (request.Operation.Segments is ["users", _, "acl-privileges"] && request.Id == request.Caller!.Id)
        || rights.May(Resources.Resource(collection.Name), "read", item);

    private IEnumerable<(Collection Collection, JsonObject Item)> Items(XoRequest request)
    {
        if (request.Operation.Segments is [var owner, "{id}", var what])
        {
            return Relations.Of(world, owner, Found(owner, request.Id), what);
        }

        var part = DeprecatedPaths.PartOf(request.Operation);
        var collection = world[part.Collection];
        var items = part.Type is null ? collection.All : collection.All.Where(item => item["type"]?.GetValue<string>() == part.Type);
        return items.Where(item => IsInRepository(request, item)).Select(item => (collection, item));
    }

    private static bool IsInRepository(XoRequest request, JsonObject item) =>
        !request.Operation.Takes("backup-repository")
        || !request.Query.TryGetValue("backup-repository", out var asked)
        || asked.Split(',').Contains(item["backupRepository"]?.GetValue<string>(), StringComparer.Ordinal);

    private JsonObject Found(string collection, string id) =>
        world[collection].Find(id) ?? throw Missing.Of(id, world[collection].Type);
}
