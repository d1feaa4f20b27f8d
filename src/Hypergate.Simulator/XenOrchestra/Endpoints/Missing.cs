using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Operations;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>The error of an id that the server does not know, or knows as something else.</summary>
internal static class Missing
{
    public static XoError Of(string id, string type) => new(404, $"no such {type} {id}")
    {
        ErrorData = new JsonObject { ["id"] = id, ["type"] = type },
    };
}
