using System.Text.Json.Nodes;

namespace Hypergate.Tests.Simulator.Replay;

/// <summary>Which fields objects of a collection always have, and which they may have, after the recorded samples.</summary>
internal static class ObjectShapes
{
    private static readonly string[] Maps = ["$.settings", "$.preferences", "$.result.call", "$.backupRepositories", "$.properties.args"];

    private static readonly Lazy<JsonObject> Samples = new(() =>
        JsonNode.Parse(File.ReadAllText(Repository.Path("tests", "Hypergate.Tests", "Data", "xo", "samples.json")))!["collections"]!.AsObject());

    /// <summary>The names within are data, not fields.</summary>
    public static bool IsMap(string path) => Maps.Contains(path);

    /// <summary>The collection whose objects a path answers, where samples of it exist.</summary>
    public static string? CollectionOf(string path)
    {
        var words = path.Split('?')[0].Split('/')[3..];
        var name = "/" + (words.Length == 3 ? words[2] : words[0]);
        return Samples.Value.ContainsKey(name) ? name : null;
    }

    /// <summary>The object that a path ends in, as a subject; where the recording names none and a sample shows what it was.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> SubjectOf(Exchange exchange)
    {
        var words = exchange.Path.Split('?')[0].Split('/')[3..];
        if (words is [var collection, var id] && Samples.Value["/" + collection]?["objects"]!.AsArray()
            .FirstOrDefault(sample => sample!["id"]?.ToString() == id) is JsonObject sample && !exchange.Subjects.Any())
        {
            yield return KeyValuePair.Create(id, (JsonNode?)new JsonObject
            {
                ["collection"] = "/" + collection,
                ["name"] = (sample["name_label"] ?? sample["name"])?.DeepClone(),
                ["status"] = sample["status"]?.DeepClone(),
            });
        }
    }

    public static void Check(string path, JsonObject item)
    {
        var samples = Samples.Value[CollectionOf(path)!]!["objects"]!.AsArray().Select(sample => Fields(sample!.AsObject())).ToList();
        var own = Fields(item);
        var always = new HashSet<string>(samples[0], StringComparer.Ordinal);
        var ever = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fields in samples)
        {
            always.IntersectWith(fields);
            ever.UnionWith(fields);
        }

        Assert.Subset(own, always);
        Assert.Subset(ever, own);
    }

    private static HashSet<string> Fields(JsonObject item) =>
        item.Select(property => property.Key).Where(name => name != "href").ToHashSet(StringComparer.Ordinal);
}
