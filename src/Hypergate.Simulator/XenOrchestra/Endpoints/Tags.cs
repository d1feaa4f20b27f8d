using System.Text.Json.Nodes;
using Hypergate.Simulator.Answers;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>Sets and removes tags; to do it twice is no error.</summary>
internal sealed class Tags(DataCentre world)
{
    public Task AnswerAsync(XoRequest request)
    {
        world.Write(() =>
        {
            var collection = world[request.Operation.Segments[0]];
            var tags = collection.Find(request.Id)?["tags"]?.AsArray() ?? throw Missing.Of(request.Id, collection.Type);
            var at = tags.Select(tag => tag!.GetValue<string>()).ToList().IndexOf(request.Path["tag"]);
            if (request.Operation.Method == "PUT" && at < 0)
            {
                collection.Change(request.Id, item => item["tags"]!.AsArray().Add((JsonNode)request.Path["tag"]));
            }
            else if (request.Operation.Method == "DELETE" && at >= 0)
            {
                collection.Change(request.Id, item => item["tags"]!.AsArray().RemoveAt(at));
            }

            return true;
        });
        return Answer.JsonAsync(request.Http, 204, null);
    }
}
