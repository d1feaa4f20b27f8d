using System.Text.Json;
using Hypergate.Results;
using Hypergate.Results.Secrets;

namespace Hypergate.Tools.Code;

/// <summary>What a script returned, cut to what a model can take: lists lose their last items, then everything is shortened.</summary>
/// <param name="Value">Cleaned; a text where another format than JSON was asked for.</param>
/// <param name="Truncated">What is missing: where, how many are shown, of how many; null for nothing.</param>
internal sealed record CodeResult(JsonElement Value, (string Path, int Shown, int Total)? Truncated)
{
    public const int DeepestNesting = 512;

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

        if (value.ValueKind == JsonValueKind.Array && Start(value, budget) is { } start)
        {
            return (start, ("$", start.GetArrayLength(), value.GetArrayLength()));
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

    // As many items as fit, found by halving.
    private static JsonElement? Start(JsonElement list, int budget)
    {
        var (fits, least, most) = ((JsonElement?)null, 1, list.GetArrayLength() - 1);
        while (least <= most)
        {
            var middle = (least + most) / 2;
            if (Try(First(list, middle), Limits.None, budget) is { } part)
            {
                (fits, least) = (part, middle + 1);
            }
            else
            {
                most = middle - 1;
            }
        }

        return fits;
    }

    private static JsonElement First(JsonElement list, int count) => ToolSchema.Write(writer =>
    {
        writer.WriteStartArray("items");
        foreach (var item in list.EnumerateArray().Take(count))
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
    }).GetProperty("items");

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
