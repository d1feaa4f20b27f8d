using System.Text.Json.Nodes;
using Hypergate.Simulator.Answers;
using Hypergate.Simulator.XenOrchestra.Answers;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>Single objects: always JSON, always all fields, no address.</summary>
internal sealed class Singles(DataCentre world)
{
    private static readonly FieldPicker All = FieldPicker.Of("*");

    public Task AnswerAsync(XoRequest request)
    {
        var item = world.Read(() => All.Copy(Find(request)));
        return Answer.JsonAsync(request.Http, 200, item);
    }

    private JsonObject Find(XoRequest request)
    {
        var (name, type) = DeprecatedPaths.PartOf(request.Operation);
        return world[name].Find(request.Id) is { } item && (type is null || item["type"]?.GetValue<string>() == type)
            ? item
            : throw Missing.Of(request.Id, world[name].Type);
    }
}
