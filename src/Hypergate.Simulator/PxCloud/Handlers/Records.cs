using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Description;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.World;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>What all kinds of objects have in common: list, show, create, change, delete.</summary>
internal static class Records
{
    private static readonly string[] OfPages = ["limit", "offset", "search"];

    public static JsonNode List(PxCall call)
    {
        var rows = call.World[call.Entry.Rule[1]].Where(item => IsOwn(call, item) && Fits(call, item));
        if (call.QueryText("search") is { } part)
        {
            rows = rows.Where(item => item.Text("name")?.Contains(part, StringComparison.OrdinalIgnoreCase) == true);
        }

        return Page(call, Objects.Rows(rows.Select(item => Cut(call, item))));
    }

    /// <summary>The part of a list that was asked for.</summary>
    public static JsonArray Page(PxCall call, JsonArray rows)
    {
        var (skip, take) = (call.QueryNumber("offset") ?? 0, call.QueryNumber("limit") ?? int.MaxValue);
        var page = rows.Skip(skip).Take(take).ToList();
        rows.Clear();
        return [.. page];
    }

    public static JsonNode Get(PxCall call) => Cut(call, Find(call)).Shown();

    public static JsonNode Create(PxCall call)
    {
        var (world, collection) = (call.World, call.Entry.Rule[1]);
        if (call.Text("name") is { } name && collection is not ("firewall" or "networks") && world[collection].Exists(item => item.Text("name") == name))
        {
            throw PxError.Conflict($"There is a {Kinds.NameOf(collection)} '{name}' already.");
        }

        var made = new JsonObject { ["id"] = world.NewId(collection) };
        Fill(made, call.Entry.Answer!);
        foreach (var (field, value) in call.Fields)
        {
            made[field] = value?.DeepClone();
        }

        if (Owner(call) is (var key, var id))
        {
            Parent(call, collection, id);
            made[key] = id;
        }

        world[collection].Add(made);
        return made.Shown();
    }

    public static JsonNode Update(PxCall call)
    {
        var found = Find(call);
        var known = (JsonObject)PxSchemas.Follow(call.Entry.Body!)["properties"]!;
        foreach (var (field, value) in call.Fields)
        {
            if (known.ContainsKey(field))
            {
                found[field] = value?.DeepClone();
            }
        }

        return found.Shown();
    }

    public static JsonNode? Delete(PxCall call)
    {
        call.World[call.Entry.Rule[1]].Remove(Find(call));
        return null;
    }

    /// <summary>Demands that what the path names is there, and does nothing.</summary>
    public static JsonNode? Exists(PxCall call)
    {
        if (call.Entry.Placeholders.Any())
        {
            var family = call.Entry.Path.Split('/').Reverse().SkipWhile(static part => !part.StartsWith('{')).Skip(1).First();
            call.World.Get(family, call.Last);
        }

        return null;
    }

    /// <summary>The object that the last placeholder names.</summary>
    /// <exception cref="PxError">404: it is not there, or not below what the path names before.</exception>
    public static JsonObject Find(PxCall call)
    {
        var found = call.World.Get(call.Entry.Rule[1], call.Last);
        return IsOwn(call, found) ? found : throw PxError.NotFound(Kinds.NameOf(call.Entry.Rule[1]), call.Last);
    }

    // The default of what a new object was not given.
    private static void Fill(JsonObject made, JsonObject answer)
    {
        var schema = PxSchemas.Follow(answer);
        foreach (var name in schema["required"] as JsonArray ?? [])
        {
            var type = ((JsonObject)schema["properties"]![name!.GetValue<string>()]!)["type"]?.ToString();
            made[name.GetValue<string>()] ??= type switch
            {
                "boolean" => name.GetValue<string>() is "enabled" or "propagate",
                "integer" => name.GetValue<string>() == "interval_seconds" ? 60 : 0,
                "array" => new JsonArray(),
                _ => name.GetValue<string>() == "state" ? "unknown" : "",
            };
        }
    }

    private static void Parent(PxCall call, string collection, string id)
    {
        if (collection is "firewall")
        {
            call.World.Get("vms", id);
        }
    }

    // vm_id=id: the field vm_id holds the placeholder id.
    private static (string Key, string Id)? Owner(PxCall call) =>
        call.Entry.Rule.Count > 2 && call.Entry.Rule[2].Split('=') is [var key, var placeholder] ? (key, call.Path[placeholder]) : null;

    private static bool IsOwn(PxCall call, JsonObject item) => Owner(call) is not (var key, var id) || item.Text(key) == id;

    private static bool Fits(PxCall call, JsonObject item) => call.Query.All(pair => OfPages.Contains(pair.Key) || pair.Key switch
    {
        "tag" => item.Texts("tags").Contains(pair.Value[0]),
        _ => !item.ContainsKey(pair.Key) || item[pair.Key]?.ToString() == pair.Value[0],
    });

    // A list of machines shows less of each than a machine by itself: what its schema names.
    private static JsonObject Cut(PxCall call, JsonObject item)
    {
        var answer = call.Entry.Answer!;
        var schema = PxSchemas.Follow(answer["items"] as JsonObject ?? answer);
        return schema["properties"] is not JsonObject known ? item : new JsonObject(item.Where(pair => known.ContainsKey(pair.Key)).Select(static pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
    }
}
