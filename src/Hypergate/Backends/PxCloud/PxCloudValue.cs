using System.Text.Json;

namespace Hypergate.Backends.PxCloud;

/// <summary>Reads PXCloud's values.</summary>
internal static class PxCloudValue
{
    // What may stand beside data in an envelope, and means nothing by itself.
    public static IReadOnlyList<string> Wrapping { get; } =
        ["data", "code", "message", "msg", "success", "ok", "status", "total", "page", "page_size", "limit", "offset", "request_id", "timestamp"];

    public static string? Text(JsonElement item, string property) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static double Number(JsonElement item, string property) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;

    public static bool Flag(JsonElement item, string property) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.True;

    public static IEnumerable<JsonElement> Rows(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(static row => row.ValueKind == JsonValueKind.Object) : [];

    /// <summary>The value without the envelope, where there is one: <c>{"data": …, "total": …}</c>.</summary>
    public static PlatformValue Unwrap(JsonElement whole)
    {
        if (whole.ValueKind != JsonValueKind.Object || !whole.TryGetProperty("data", out var data)
            || whole.EnumerateObject().Any(static property => !Wrapping.Contains(property.Name)))
        {
            return new PlatformValue(whole, null);
        }

        return new PlatformValue(data, whole.TryGetProperty("total", out var total) && total.ValueKind == JsonValueKind.Number && total.TryGetInt64(out var count) ? count : null);
    }
}
