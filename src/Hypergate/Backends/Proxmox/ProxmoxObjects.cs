using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.Proxmox;

/// <summary>Tags and pools of the objects of a Proxmox VE cluster, which tells of all of them in one read.</summary>
internal static class ProxmoxObjects
{
    private const string Guest = "guest";
    private const string Node = "node";
    private const string Storage = "storage";
    private const string Pool = "pool";

    private static readonly ObjectRead Resources = new("/cluster/resources", new Dictionary<string, JsonElement>(StringComparer.Ordinal));

    public static ObjectRules Rules { get; } = new()
    {
        Targets = Targets,
        HasTarget = static operation => operation.Result == ResultShape.List || operation.Path.Contains("{node}", StringComparison.Ordinal) || operation.Path.Contains("{storage}", StringComparison.Ordinal)
            || operation.Path.Contains("{poolid}", StringComparison.Ordinal) || operation.Parameters.Any(static parameter => parameter.Name is "vms" or "guests" or "vmid" or "guest") || operation.Body is not null,
        Reference = static (name, value) => name switch
        {
            "target" or "node" => new ObjectRef(Node, value),
            "vmid" or "newid" => new ObjectRef(Guest, value),
            "storage" or "targetstorage" => new ObjectRef(Storage, value),
            "pool" => new ObjectRef(Pool, value),
            _ => null,
        },
        RowOf = static (operation, row) => RowOf(operation, row),
        One = static _ => Resources,
        Many = static _ => Resources,
        Identify = Identify,
        Facts = Facts,
        IsLeaf = static family => family == Guest,
    };

    private static IReadOnlyList<ObjectRef> Targets(Operation operation, JsonElement arguments)
    {
        var targets = new List<ObjectRef>();
        var path = operation.Path.Split('/');
        if (path.Contains("{vmid}") && ProxmoxValue.Text(arguments, "vmid") is { } guest)
        {
            targets.Add(new(Guest, guest));
        }
        else if (path.Contains("{storage}") && ProxmoxValue.Text(arguments, "storage") is { } storage)
        {
            targets.Add(new(Storage, storage));
        }
        else if (path.Contains("{poolid}") && ProxmoxValue.Text(arguments, "poolid") is { } pool)
        {
            targets.Add(new(Pool, pool));
        }
        else if (path.Contains("{node}") && ProxmoxValue.Text(arguments, "node") is { } node)
        {
            targets.Add(new(Node, node));
        }

        targets.AddRange(Named(arguments));
        if (arguments.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.Object)
        {
            targets.AddRange(Named(body));
        }

        if (TakesAllGuests(operation) && targets.All(static target => target.Family != Guest))
        {
            targets.Add(ObjectRef.Unnamed);
        }

        return [.. targets.Distinct()];
    }

    // Where no guest is named, these are for every guest of the node or the cluster.
    private static bool TakesAllGuests(Operation operation) => operation.Changes
        && (operation.Path.StartsWith("/cluster/bulk-action/", StringComparison.Ordinal)
            || operation.Path is "/nodes/{node}/stopall" or "/nodes/{node}/startall" or "/nodes/{node}/suspendall" or "/nodes/{node}/migrateall" or "/nodes/{node}/vzdump" or "/nodes/{node}/status");

    // Guests that are named outside of the path: of a backup, a bulk action, a pool. A new guest does not exist yet.
    private static IEnumerable<ObjectRef> Named(JsonElement arguments)
    {
        foreach (var property in arguments.ValueKind == JsonValueKind.Object ? arguments.EnumerateObject() : default)
        {
            if (property.Name is "vms" or "guests" or "vmid" or "guest")
            {
                foreach (var id in Ids(property.Value))
                {
                    yield return new ObjectRef(Guest, id);
                }
            }
        }
    }

    private static IEnumerable<string> Ids(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(static item => Ids(item)),
        JsonValueKind.String => value.GetString()!.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        JsonValueKind.Number => [value.GetRawText()],
        _ => [],
    };

    private static ObjectRef? RowOf(Operation operation, JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if ((ProxmoxValue.Text(row, "vmid") ?? ProxmoxValue.Text(row, "guest")) is { } guest)
        {
            return new(Guest, guest);
        }

        if (ProxmoxValue.Text(row, "sid") is { } service && service.Split(':') is ["vm" or "ct", var id])
        {
            return new(Guest, id);
        }

        if (ProxmoxValue.Text(row, "upid") is not null)
        {
            return ProxmoxValue.Text(row, "id") is { Length: > 0 } about && about.All(char.IsAsciiDigit) ? new(Guest, about) : null;
        }

        return Identify(operation.Path switch
        {
            "/nodes" => Node,
            "/nodes/{node}/storage" or "/storage" => Storage,
            "/pools" => Pool,
            _ => "",
        }, row);
    }

    private static ObjectRef? Identify(string family, JsonElement item) => (ProxmoxValue.Text(item, "type"), family) switch
    {
        ("qemu" or "lxc", _) when ProxmoxValue.Text(item, "vmid") is { } guest => new(Guest, guest),
        (Node, _) or (_, Node) when ProxmoxValue.Text(item, "node") is { } node => new(Node, node),
        (Storage, _) or (_, Storage) when ProxmoxValue.Text(item, "storage") is { } storage => new(Storage, storage),
        (Pool, _) when ProxmoxValue.Text(item, "pool") is { } pool => new(Pool, pool),
        (_, Pool) when ProxmoxValue.Text(item, "poolid") is { } pool => new(Pool, pool),
        _ => null,
    };

    private static ObjectFacts Facts(string family, JsonElement item) => new()
    {
        Type = ProxmoxValue.Text(item, "type") ?? family,
        Id = family switch
        {
            Guest => ProxmoxValue.Text(item, "vmid"),
            Node => ProxmoxValue.Text(item, "node"),
            Storage => ProxmoxValue.Text(item, "storage"),
            _ => ProxmoxValue.Text(item, "pool"),
        } ?? "",
        Name = family switch
        {
            Guest => ProxmoxValue.Text(item, "name"),
            Node => ProxmoxValue.Text(item, "node"),
            Storage => ProxmoxValue.Text(item, "storage"),
            _ => ProxmoxValue.Text(item, "pool"),
        },
        Tags = family == Guest ? (ProxmoxValue.Text(item, "tags") ?? "").Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries) : null,
        Pool = family switch
        {
            Guest => ProxmoxValue.Text(item, "pool") is { Length: > 0 } pool ? [pool] : [],
            Pool => [ProxmoxValue.Text(item, "pool") ?? ""],
            _ => null,
        },
        Node = ProxmoxValue.Text(item, "node"),
        State = ProxmoxValue.Text(item, "status"),
    };
}
