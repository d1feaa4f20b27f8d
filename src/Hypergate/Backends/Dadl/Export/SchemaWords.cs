using System.Text.Json;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>A schema in a few words, for values that a file has no types for.</summary>
internal static class SchemaWords
{
    private const int MostNames = 12;

    /// <summary>A list of objects with id, name.</summary>
    public static string Of(JsonElement schema) => ExportTypes.Of(schema) switch
    {
        "array" => schema.TryGetProperty("items", out var items) && ExportTypes.All(items).Count > 0 ? $"a list, each item {Of(items)}" : "a list",
        "object" when Names(schema) is { Count: > 0 } names => $"an object with {string.Join(", ", names.Take(MostNames))}{(names.Count > MostNames ? " …" : "")}",
        "object" => "an object with names of your own",
        _ when ExportTypes.All(schema).Count == 0 => "any JSON",
        "string" => "a text",
        "boolean" => "true or false",
        _ => "a number",
    };

    private static List<string> Names(JsonElement schema) => [.. SchemaFields.Of(schema).Select(static field => field.Name)];
}
