using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.XenOrchestra;

/// <summary>Tags, pools, folders and owners of the objects of a Xen Orchestra. A family is a segment of the API's paths.</summary>
internal static class XenOrchestraObjects
{
    private const string Common = "id,uuid,name_label,tags,$pool,type";

    /// <summary>The fields that are read of each family.</summary>
    private static readonly Dictionary<string, string> Families = new(StringComparer.Ordinal)
    {
        ["vms"] = $"{Common},power_state,creation,other,$container",
        ["vm-templates"] = $"{Common},creation,other",
        ["vm-controllers"] = Common,
        ["vm-snapshots"] = $"{Common},$snapshot_of",
        ["hosts"] = Common,
        ["pools"] = Common,
        ["srs"] = Common,
        ["vdis"] = $"{Common},$VBDs",
        ["vdi-snapshots"] = $"{Common},$snapshot_of",
        ["networks"] = Common,
        ["vbds"] = "id,uuid,VM,$pool,type",
        ["vifs"] = "id,uuid,$VM,$pool,type",
        ["pifs"] = "id,uuid,$host,$pool,type",
        ["pbds"] = "id,uuid,host,SR,$pool,type",
        ["tasks"] = "id,properties",
        ["messages"] = "id,uuid,$object,type",
        ["alarms"] = "id,uuid,object,type",
    };

    public static ObjectRules Rules { get; } = new()
    {
        Targets = Targets,
        HasTarget = static operation => operation.Result == ResultShape.List || (operation.Path.Split('/') is ["", var family, "{id}", ..] && Families.ContainsKey(family)) || operation.Body is not null,
        Reference = Reference,
        RowOf = static (_, row) => RowOf(row),
        One = static target => Families.ContainsKey(target.Family)
            ? new ObjectRead($"/{target.Family}/{{id}}", Arguments("id", target.Id))
            : null,
        Many = static family => Families.TryGetValue(family, out var fields) ? new ObjectRead($"/{family}", Arguments("fields", fields)) : null,
        Identify = static (family, item) => (Text(item, "id") ?? Text(item, "uuid")) is { } id ? new ObjectRef(family, id) : null,
        Facts = Facts,
        Whole = Whole,
        Pools = "pools",
        IsLeaf = static family => family is "vms" or "vm-templates" or "vm-snapshots",
    };

    private static List<ObjectRef> Targets(Operation operation, JsonElement arguments)
    {
        var targets = new List<ObjectRef>();
        if (operation.Path.Split('/') is ["", var family, "{id}", ..] && Families.ContainsKey(family) && Text(arguments, "id") is { } id)
        {
            targets.Add(new(family, id));
        }

        if (operation.Changes && operation.Path.Split('/') is ["", "pools" or "hosts", "{id}", "actions", "rolling_reboot" or "rolling_update" or "emergency_shutdown" or "evacuate" or "smart_reboot" or "clean_shutdown" or "clean_reboot"])
        {
            targets.Add(ObjectRef.Unnamed);
        }

        // What a body names beside the main object: another guest is touched as well.
        if (arguments.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.Object)
        {
            targets.AddRange(body.EnumerateObject().SelectMany(static property => Guests(property)));
        }

        return targets;
    }

    private static IEnumerable<ObjectRef> Guests(JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.String => Reference(property.Name, property.Value.GetString()!) is { Family: "vms" or "vm-snapshots" or "vdis" } found ? [found] : [],
        JsonValueKind.Array when property.Name is "vms" or "vmIds" =>
            property.Value.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => new ObjectRef("vms", item.GetString()!)),
        _ => [],
    };

    private static ObjectRef? Reference(string property, string id) =>
        XenOrchestraSubjects.Rules.ReferencePath(property) is { } path ? new ObjectRef(path.Split('/')[1], id) : null;

    // Every row tells its address, and a row without fields is nothing else.
    private static ObjectRef? RowOf(JsonElement row)
    {
        var address = row.ValueKind == JsonValueKind.String ? row.GetString() : Text(row, "href");
        return address?.Split('/') is [.., var family, var id] && id.Length > 0 && Families.ContainsKey(family) ? new ObjectRef(family, id) : null;
    }

    private static ObjectFacts Facts(string family, JsonElement item) => new()
    {
        Type = Text(item, "type") ?? family,
        Id = Text(item, "id") ?? Text(item, "uuid") ?? "",
        Name = Text(item, "name_label"),
        Tags = item.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array
            ? [.. tags.EnumerateArray().Where(static tag => tag.ValueKind == JsonValueKind.String).Select(static tag => tag.GetString()!)]
            : null,
        Pool = (Text(item, "$pool") ?? (family == "pools" ? Text(item, "id") : null)) is { } pool ? [pool] : null,
        Folder = item.TryGetProperty("other", out var other) ? Text(other, "folder") : null,
        Owner = item.TryGetProperty("creation", out var creation) && Text(creation, "user") is { } owner ? [owner] : null,
        Node = Text(item, "$container"),
        State = Text(item, "power_state"),
    };

    private static ObjectRef? Whole(string family, JsonElement item) => family switch
    {
        "vm-snapshots" when Text(item, "$snapshot_of") is { } guest => new("vms", guest),
        "vdi-snapshots" when Text(item, "$snapshot_of") is { } disk => new("vdis", disk),
        "vbds" when Text(item, "VM") is { } guest => new("vms", guest),
        "vifs" when Text(item, "$VM") is { } guest => new("vms", guest),
        "pifs" when Text(item, "$host") is { } host => new("hosts", host),
        "pbds" when Text(item, "SR") is { } storage => new("srs", storage),
        "vdis" when item.TryGetProperty("$VBDs", out var drives) && drives.ValueKind == JsonValueKind.Array && drives.GetArrayLength() > 0 && drives[0].ValueKind == JsonValueKind.String =>
            new("vbds", drives[0].GetString()!),
        "tasks" when item.TryGetProperty("properties", out var properties) && Text(properties, "objectId") is { } about => new("vms", about),
        "messages" when Text(item, "$object") is { } about => new("vms", about),
        "alarms" when item.TryGetProperty("object", out var about) && Text(about, "uuid") is { } id => new("vms", id),
        _ => null,
    };

    private static Dictionary<string, JsonElement> Arguments(string name, string value) =>
        new(StringComparer.Ordinal) { [name] = JsonSerializer.SerializeToElement(value, ModelJson.Default.String) };

    private static string? Text(JsonElement item, string property) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
