using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Hypergate.Results.Objects;
using Hypergate.Results.Text;

namespace Hypergate.Results.Statistics;

/// <summary>
/// Statistics as an answer: every array of numbers, wherever it is, becomes a summary with at most 60 points. Everything else of
/// the document stays as it is. Where the budget is too small there are fewer points, at last none.
/// </summary>
internal static class StatisticsAnswer
{
    /// <summary>The most points of a series.</summary>
    public const int MostPoints = 60;

    private static readonly int[] PointSteps = [MostPoints, 30, 20, 12, 6, 0];

    public static RenderedAnswer Render(JsonElement document, ObjectShape shape, Redaction redaction)
    {
        foreach (var points in PointSteps)
        {
            var remark = points == MostPoints ? "" : string.Create(
                CultureInfo.InvariantCulture,
                $"at most {points} points a series, to fit {shape.Budget:N0} characters: ask for one object, or a shorter time, to see more");
            if (ObjectAnswer.TryRender(Reduce(document, points), shape, redaction, Limits.None, remark) is { } answer)
            {
                return answer;
            }
        }

        return ObjectAnswer.Render(Reduce(document, 0), shape, redaction);
    }

    /// <summary>The same document with every series summarised.</summary>
    public static JsonElement Reduce(JsonElement document, int mostPoints)
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, document, mostPoints);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, int mostPoints)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(CleanText.Visible(JsonText.NameOf(property)));
                    Write(writer, property.Value, mostPoints);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array when Series.Of(value) is { } series:
                series.Write(writer, mostPoints);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, mostPoints);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(CleanText.Visible(JsonText.Of(value)));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
