using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>Where objects stand in the API.</summary>
internal static class Addresses
{
    public const string Root = "/rest/v0";

    public static string Of(Collection collection, JsonObject item) => Of(collection.Name, item["id"]!.GetValue<string>());

    public static string Of(string collection, string id) => $"{Root}/{collection}/{id}";
}
