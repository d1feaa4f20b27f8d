using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Description;

/// <summary>A privilege is one of many shapes: each resource has its own actions.</summary>
internal static class PrivilegeSchemas
{
    /// <param name="lines">A resource, a colon, and its actions.</param>
    /// <param name="keys">Which of <c>id</c> and <c>roleId</c> it has.</param>
    public static JsonObject Create(IEnumerable<string> lines, params string[] keys) => new()
    {
        ["anyOf"] = new JsonArray(
        [
            .. from line in lines
               where line.Length > 0 && line[0] != '#'
               let colon = line.IndexOf(':', StringComparison.Ordinal)
               select Shape(line[..colon], line[(colon + 2)..].Split(' '), keys),
        ]),
    };

    private static JsonObject Shape(string resource, string[] actions, string[] keys)
    {
        var properties = new JsonObject
        {
            ["resource"] = OneOf(resource),
            ["action"] = OneOf(actions),
            ["selector"] = Text(),
            ["effect"] = OneOf("allow", "deny"),
        };
        foreach (var key in keys)
        {
            properties[key] = Text();
        }

        var required = properties.Select(property => property.Key).Where(name => name != "selector");
        return new()
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]),
        };
    }

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject OneOf(params string[] words) => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]),
    };
}
