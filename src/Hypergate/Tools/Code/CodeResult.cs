using System.Text.Json;
using Hypergate.Results;
using Hypergate.Results.Secrets;

namespace Hypergate.Tools.Code;

/// <summary>What a script returned, cut to what a model can take: lists lose their last items, then everything is shortened.</summary>
/// <param name="Value">Cleaned; a text where another format than JSON was asked for.</param>
/// <param name="Truncated">What is missing: where, how many are shown, of how many; null for nothing.</param>
internal sealed record CodeResult(JsonElement Value, (string Path, int Shown, int Total)? Truncated)
{
    /// <summary>Levels of lists and objects within each other. Many readers of JSON take 64 for a whole message.</summary>
    public const int DeepestNesting = 60;


    private const int MostBytes = 64 * 1024 * 1024;

    /// <param name="json">As the worker sent it.</param>
    /// <param name="format">The format for lists and objects; null for JSON.</param>
    /// <param name="budget">Characters.</param>
    /// <returns>Null where it is no JSON that can be shown.</returns>
    public static CodeResult? Of(string json, IResultFormat? format, int budget)
    {
        JsonElement value;
        try
        {
            value = JsonElement.Parse(json, new() { MaxDepth = DeepestNesting });
        }
        catch (JsonException)
        {
            return null;
        }

        var (shown, truncated) = Cut(value, budget);
        return new(format is null ? shown : Written(shown, format), truncated);
    }

    /// <summary>A value as JSON, within a budget.</summary>
    public static CodeResult Of(JsonElement value, int budget)
    {
        var (shown, truncated) = Cut(value, budget);
        return new(shown, truncated);
    }

    private static (JsonElement Value, (string, int, int)? Truncated) Cut(JsonElement value, int budget)
    {
        if (Try(value, Limits.None, budget) is { } whole)
        {
            return (whole, null);
        }

        if (new LargestPart(part => Try(part, Limits.None, budget), budget).Cut(value) is var (shown, truncated))
        {
            return (shown, truncated);
        }

        foreach (var limits in Limits.Steps)
        {
            if (Try(value, limits, budget) is { } shortened)
            {
                var size = value.ValueKind switch { JsonValueKind.Array => value.GetArrayLength(), JsonValueKind.Object => value.GetPropertyCount(), _ => 1 };
                return (shortened, ("$", Math.Min(size, value.ValueKind == JsonValueKind.Array ? limits.Items : limits.Properties), size));
            }
        }

        throw new InvalidOperationException("The last limits fit any value.");
    }

    private static JsonElement? Try(JsonElement value, Limits limits, int budget)
    {
        using var json = new SafeJson(new Redaction(Model.RedactionRules.None, new SecretScrubber([])), limits, budget == int.MaxValue ? MostBytes : budget);
        json.Write(value);
        return json.IsFull ? null : json.ToElement();
    }

    private static JsonElement Written(JsonElement value, IResultFormat format) => ToolSchema.Write(writer => writer.WriteString("text", IsTable(value)
        ? format.Table([.. value.EnumerateArray().SelectMany(static row => row.EnumerateObject().Select(static property => property.Name)).Distinct(StringComparer.Ordinal)], [.. value.EnumerateArray()])
        : format.Record(value))).GetProperty("text");

    private static bool IsTable(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(static row => row.ValueKind == JsonValueKind.Object);
}
