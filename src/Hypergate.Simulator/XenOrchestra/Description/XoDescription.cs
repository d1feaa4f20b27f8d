using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Description;

/// <summary>The OpenAPI 3.0.0 document that the server publishes at <c>/docs/swagger.json</c>.</summary>
internal static class XoDescription
{
    private static readonly Lazy<JsonObject> Built = new(() => new JsonObject { ["openapi"] = "3.0.0" });

    public static JsonObject Document => Built.Value;
}
