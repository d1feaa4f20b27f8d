using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Description;

/// <summary>Examples of a list: addresses first, then objects with the fields that are asked for most.</summary>
internal static class ListExamples
{
    public const string FirstId = "9a1de7b4-6f0c-4c39-9d2e-5b7a3c8e4f02";
    private const string SecondId = "3c7b1f62-52a4-4e0b-8a31-0f5d8f6f1a01";

    public static JsonObject Create(OperationEntry entry, JsonObject schema, Func<string, JsonObject> find)
    {
        var address = Address(entry);
        return new()
        {
            ["Example 1"] = new JsonObject { ["value"] = new JsonArray(address + FirstId, address + SecondId) },
            ["Example 2"] = new JsonObject
            {
                ["value"] = new JsonArray(
                    Item(entry, schema, find, FirstId, address),
                    Item(entry, schema, find, SecondId, address)),
            },
        };
    }

    /// <summary>Lists below an object point at the collection of what they list.</summary>
    private static string Address(OperationEntry entry)
    {
        var segments = entry.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var collection = (segments, entry.ListOf) switch
        {
            (["backup", "jobs", ..], _) => "backup-jobs",
            (["backup", "logs"], _) => "backup-logs",
            (["restore", "logs"], _) => "restore-logs",
            (_, "VdiSnapshot") => "vdi-snapshots",
            (["acl-roles", _, "privileges"], _) => "acl-privileges",
            _ => segments[^1],
        };
        return $"/rest/v0/{collection}/";
    }

    private static JsonObject Item(
        OperationEntry entry, JsonObject schema, Func<string, JsonObject> find, string id, string address)
    {
        var item = new JsonObject();
        foreach (var field in entry.ListFields)
        {
            item[field] = field is "id" or "uuid" ? id : Value(field, Property(schema, field, find), find);
        }

        item["href"] = address + id;
        return item;
    }

    private static JsonNode? Value(string field, JsonObject? schema, Func<string, JsonObject> find)
    {
        if (schema?["$ref"] is { } reference)
        {
            return Value(field, find(reference.GetValue<string>().Split('/')[^1]), find);
        }

        if (schema?["enum"]?[0] is { } word)
        {
            return word.DeepClone();
        }

        return schema?["type"]?.GetValue<string>() switch
        {
            "boolean" => true,
            "number" => 42,
            "array" => new JsonArray(),
            "object" => new JsonObject(),
            _ => field.StartsWith('$') ? SecondId : field,
        };
    }

    private static JsonObject? Property(JsonObject schema, string name, Func<string, JsonObject> find)
    {
        if (schema["$ref"] is { } reference)
        {
            return Property(find(reference.GetValue<string>().Split('/')[^1]), name, find);
        }

        return schema["properties"]?[name]?.AsObject()
            ?? (schema["anyOf"] ?? schema["allOf"])?.AsArray()
                .Select(part => Property(part!.AsObject(), name, find)).FirstOrDefault(property => property is not null);
    }
}
