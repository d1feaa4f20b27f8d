using System.Text.Json;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>The examples of a parameter or a media type: <c>example</c>, or the values of <c>examples</c>.</summary>
internal static class Examples
{
    private const int Most = 3;
    private const int LongestJson = 2_048;

    /// <summary>All of them, however large.</summary>
    public static IEnumerable<JsonElement> All(JsonElement holder, References references)
    {
        if (holder.TryGetProperty("example", out var single))
        {
            yield return single;
        }

        if (!holder.TryGetProperty("examples", out var several) || several.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var example in several.EnumerateObject())
        {
            if (references.Follow(example.Value) is { ValueKind: JsonValueKind.Object } named
                && named.TryGetProperty("value", out var value))
            {
                yield return value;
            }
        }
    }

    /// <summary>The few that are short enough to show.</summary>
    public static IReadOnlyList<JsonElement> ToShow(JsonElement holder, References references) =>
        [.. All(holder, references).Where(static value => value.GetRawText().Length <= LongestJson).Take(Most)];
}
