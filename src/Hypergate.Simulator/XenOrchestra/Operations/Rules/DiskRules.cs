using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Disks: made, renamed, enlarged, moved, overwritten, destroyed.</summary>
internal static class DiskRules
{
    public static IEnumerable<OperationRule> All =>
    [
        new("POST /vdis", Create),
        new("PATCH /vdis/{id}", context => Update(context.World, context.Target("vdis"), context.Body!)),
        new("DELETE /vdis/{id}", context => Delete(context.World, context.Target("vdis"))),
        new("DELETE /vdi-snapshots/{id}", context => Delete(context.World, context.Target("vdi-snapshots"))),
        new OperationRule("POST /vdis/{id}/actions/migrate", Migrate).Taking(0.8),
        new("POST /srs/{id}/vdis", Import),
        new("PUT /vdis/{id}.{format}", Overwrite),
    ];

    /// <summary>Renames a disk or enlarges it.</summary>
    public static JsonNode? Update(DataCentre world, JsonObject disk, JsonObject body)
    {
        var growth = body["size"] is null ? 0 : body.Number("size") - disk.Number("size");
        if (growth < 0)
        {
            throw XoErrors.Invalid($"cannot set new size ({body["size"]}) below the current size ({disk["size"]})");
        }

        if (growth > 0)
        {
            Storage.CheckNotInUse(world, disk, "resize");
            world["srs"].Change(disk.Text("$SR"), sr => StorageRecord.Book(sr, growth, 0));
        }

        world["vdis"].Change(disk.Id(), item =>
        {
            item["name_label"] = body["name_label"]?.DeepClone() ?? item["name_label"]!.DeepClone();
            item["name_description"] = body["name_description"]?.DeepClone() ?? item["name_description"]!.DeepClone();
            item["size"] = item.Number("size") + growth;
        });
        return null;
    }

    private static JsonObject Create(OperationContext context)
    {
        var body = context.Body!;
        var sr = Writable(context.World.Require("srs", body.Text("srId")));
        var disk = DiskRecord.Create(
            body.TextOrNull("name_label") ?? "", body.TextOrNull("name_description") ?? "", body.Number("virtual_size"), 0, sr.Id());
        disk["tags"] = body["tags"]?.DeepClone() ?? new JsonArray();
        disk["VDI_type"] = body.TextOrNull("type") ?? "user";
        disk["other_config"] = body["other_config"]?.DeepClone() ?? new JsonObject();
        return RuleContext.Made(Storage.AddDisk(context.World, disk, "vdis").Id());
    }

    private static JsonNode? Delete(DataCentre world, JsonObject disk)
    {
        Storage.CheckNotInUse(world, disk, "destroy");
        Storage.RemoveDisk(world, disk.Id());
        return null;
    }

    private static JsonObject Migrate(OperationContext context)
    {
        var (world, disk) = (context.World, context.Target("vdis"));
        var sr = Writable(world.Require("srs", context.BodyText("srId")!));
        if (sr.Pool() != disk.Pool())
        {
            throw XoErrors.Hypervisor("HANDLE_INVALID", "SR", sr.Reference());
        }

        return RuleContext.Made(Storage.MoveDisk(world, disk, sr).Id());
    }

    /// <summary>The upload is not read: its disk has a size of its own.</summary>
    private static JsonObject Import(OperationContext context)
    {
        const long size = 4L << 30;
        var sr = context.Target("srs");
        var name = context.Query.GetValueOrDefault("name_label") ?? "";
        var description = context.Query.GetValueOrDefault("name_description") ?? "";
        var disk = DiskRecord.Create(name, description, size, size / 3, sr.Id());
        return RuleContext.Made(Storage.AddDisk(context.World, disk, "vdis").Id());
    }

    private static JsonNode? Overwrite(OperationContext context)
    {
        var disk = context.Target("vdis");
        Storage.CheckNotInUse(context.World, disk, "import");
        context.World["vdis"].Change(disk.Id(), _ => { });
        return null;
    }

    private static JsonObject Writable(JsonObject sr) => sr.Text("content_type") != "iso"
        ? sr
        : throw XoErrors.Hypervisor("SR_OPERATION_NOT_SUPPORTED", sr.Reference());
}
