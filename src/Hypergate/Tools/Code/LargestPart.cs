using System.Globalization;
using System.Text.Json;

namespace Hypergate.Tools.Code;

/// <summary>
/// Makes a value fit by cutting what is largest in it: a list loses its last items, a text its end; everything else stays. Tells where the
/// first cut is, which is the largest.
/// </summary>
/// <param name="fit">The value as it is shown where it fits the budget; null where it does not.</param>
/// <param name="budget">Characters.</param>
internal sealed class LargestPart(Func<JsonElement, JsonElement?> fit, int budget)
{
    private const int MostCuts = 6;

    /// <returns>Null where cutting a few parts is not enough.</returns>
    public (JsonElement Value, (string Path, int Shown, int Total) Truncated)? Cut(JsonElement value)
    {
        (string Path, int Shown, int Total)? first = null;
        for (var cut = 0; cut < MostCuts; cut++)
        {
            var steps = Find(value);
            if (SizeOf(steps[^1].Value) is not { } size)
            {
                return null;
            }

            // What stands beside it needs room as well: where even a small piece is too much, it is not the only part to be cut.
            var (shown, count) = Longest(value, steps, size);
            if (shown is null)
            {
                (count, value) = Shared(value, steps, size);
            }

            var path = PathOf(steps);
            first = first is { } known ? (known.Path, known.Path == path ? count : known.Shown, known.Total) : (path, count, size);
            if ((shown ?? fit(value)) is { } fitting)
            {
                return (fitting, first.Value);
            }
        }

        return null;
    }

    // Items of a list, characters of a text; nothing else can lose its end.
    private static int? SizeOf(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.Array when part.GetArrayLength() > 1 => part.GetArrayLength(),
        JsonValueKind.String => part.GetString()!.Length,
        _ => null,
    };

    // From the root to the largest list or text: through objects, and through lists of one item.
    private static List<Step> Find(JsonElement root)
    {
        var steps = new List<Step> { new("$", default, root) };
        while (steps[^1].Value is var here && (here.ValueKind == JsonValueKind.Object ? here.GetPropertyCount() > 0 : here.ValueKind == JsonValueKind.Array && here.GetArrayLength() == 1))
        {
            if (here.ValueKind == JsonValueKind.Array)
            {
                steps.Add(new("[0]", default, here[0]));
                continue;
            }

            var (index, member) = here.EnumerateObject().Index().MaxBy(static pair => pair.Item.Value.GetRawText().Length);
            steps.Add(new($".{member.Name}", index, member.Value));
        }

        return steps;
    }

    // As much of the part as fits, found by halving.
    private (JsonElement? Shown, int Count) Longest(JsonElement root, List<Step> steps, int size)
    {
        var (fits, count, least, most) = ((JsonElement?)null, 0, 1, size - 1);
        while (least <= most)
        {
            var middle = (least + most) / 2;
            if (fit(With(root, steps, middle)) is { } part)
            {
                (fits, count, least) = (part, middle, middle + 1);
            }
            else
            {
                most = middle - 1;
            }
        }

        return (fits, count);
    }

    private (int Count, JsonElement Value) Shared(JsonElement root, List<Step> steps, int size)
    {
        var part = steps[^1].Value;
        var count = Math.Clamp((int)((long)size * (budget / 4) / Math.Max(1, part.GetRawText().Length)), 1, size - 1);
        return (count, With(root, steps, count));
    }

    private static JsonElement With(JsonElement root, List<Step> steps, int count) => ToolSchema.Write(writer =>
    {
        writer.WritePropertyName("value");
        Write(writer, root, steps, 1, count);
    }).GetProperty("value");

    private static void Write(Utf8JsonWriter writer, JsonElement value, List<Step> steps, int depth, int count)
    {
        if (depth == steps.Count)
        {
            WriteStart(writer, value, count);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            Write(writer, value[0], steps, depth + 1, count);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteStartObject();
            foreach (var (index, member) in value.EnumerateObject().Index())
            {
                if (index != steps[depth].Index)
                {
                    member.WriteTo(writer);
                    continue;
                }

                writer.WritePropertyName(member.Name);
                Write(writer, member.Value, steps, depth + 1, count);
            }

            writer.WriteEndObject();
        }
    }

    private static void WriteStart(Utf8JsonWriter writer, JsonElement part, int count)
    {
        if (part.ValueKind == JsonValueKind.String)
        {
            var text = part.GetString()!;
            writer.WriteStringValue(text.AsSpan(0, char.IsHighSurrogate(text[count - 1]) ? count - 1 : count));
            return;
        }

        writer.WriteStartArray();
        foreach (var item in part.EnumerateArray().Take(count))
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    private static string PathOf(List<Step> steps) => string.Concat(steps.Select(static step => step.Name is ['.', .. var name] && ScriptNames.Argument(name) is ['"', ..] ? string.Create(CultureInfo.InvariantCulture, $"[\"{name}\"]") : step.Name));

    private readonly record struct Step(string Name, int Index, JsonElement Value);
}
