using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>Reads the keywords of a schema; one whose value makes no sense counts as absent.</summary>
internal static class Keyword
{
    /// <summary>An object of schemas by name.</summary>
    public static JsonElement? Object(JsonElement schema, string keyword) => Of(schema, keyword, JsonValueKind.Object);

    public static JsonElement? Number(JsonElement schema, string keyword) => Of(schema, keyword, JsonValueKind.Number);

    public static string? Text(JsonElement schema, string keyword) => Of(schema, keyword, JsonValueKind.String)?.GetString();

    public static IReadOnlyList<JsonElement>? List(JsonElement schema, string keyword) =>
        Of(schema, keyword, JsonValueKind.Array) is { } list ? [.. list.EnumerateArray()] : null;

    /// <summary>A list of which nothing follows when it is empty.</summary>
    public static IReadOnlyList<JsonElement> Items(JsonElement schema, string keyword) => List(schema, keyword) ?? [];

    /// <summary>A limit on a count.</summary>
    public static long? Count(JsonElement schema, string keyword) =>
        Number(schema, keyword) is { } number && Numbers.IsInteger(number) && number.GetDouble() is >= 0 and < long.MaxValue and var count
            ? (long)count
            : null;

    private static JsonElement? Of(JsonElement schema, string keyword, JsonValueKind kind) =>
        schema.TryGetProperty(keyword, out var value) && value.ValueKind == kind ? value : null;
}
