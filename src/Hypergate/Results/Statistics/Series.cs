using System.Text.Json;

namespace Hypergate.Results.Statistics;

/// <summary>
/// One series of measurements in few points. Gaps are skipped. Points are means of equally many samples each and are counted from
/// the end, so that only the first point may stand for fewer.
/// </summary>
/// <param name="samples">The measurements, oldest first; null for a gap.</param>
internal sealed class Series(IReadOnlyList<double?> samples)
{
    private const int SignificantDigits = 6;
    private const int MostDecimals = 15;

    /// <summary>An array of numbers and nulls, or null where it is anything else or empty.</summary>
    public static Series? Of(JsonElement array)
    {
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() == 0)
        {
            return null;
        }

        var samples = new List<double?>(array.GetArrayLength());
        foreach (var sample in array.EnumerateArray())
        {
            if (sample.ValueKind is not (JsonValueKind.Number or JsonValueKind.Null))
            {
                return null;
            }

            var isNumber = sample.ValueKind == JsonValueKind.Number && sample.TryGetDouble(out var number) && double.IsFinite(number);
            samples.Add(isNumber ? sample.GetDouble() : null);
        }

        return new(samples);
    }

    /// <summary>
    /// Writes <c>{samples, min, mean, max, last, samplesPerPoint?, points?: […]}</c>; the width of points only where they stand for
    /// several samples. Minimum, maximum and last are exact, means have six significant digits.
    /// </summary>
    public void Write(Utf8JsonWriter writer, int mostPoints)
    {
        var known = samples.OfType<double>().ToList();
        writer.WriteStartObject();
        writer.WriteNumber("samples", samples.Count);
        WriteNumber(writer, "min", known.Count == 0 ? null : known.Min());
        WriteNumber(writer, "mean", Mean(known));
        WriteNumber(writer, "max", known.Count == 0 ? null : known.Max());
        WriteNumber(writer, "last", known.Count == 0 ? null : known[^1]);
        if (mostPoints > 0)
        {
            WritePoints(writer, (samples.Count + mostPoints - 1) / mostPoints);
        }

        writer.WriteEndObject();
    }

    private void WritePoints(Utf8JsonWriter writer, int perPoint)
    {
        if (perPoint > 1)
        {
            writer.WriteNumber("samplesPerPoint", perPoint);
        }

        writer.WriteStartArray("points");
        var first = samples.Count % perPoint;
        for (var end = first == 0 ? perPoint : first; end <= samples.Count; end += perPoint)
        {
            var bucket = samples.Skip(Math.Max(0, end - perPoint)).Take(Math.Min(end, perPoint));
            WriteNumber(writer, null, Mean([.. bucket.OfType<double>()]));
        }

        writer.WriteEndArray();
    }

    private static double? Mean(List<double> known) => known.Count == 0 ? null : Rounded(known.Average());

    private static double? Rounded(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value == 0 ? 0 : null;
        }

        var decimals = SignificantDigits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return Math.Round(value, Math.Clamp(decimals, 0, MostDecimals));
    }

    private static void WriteNumber(Utf8JsonWriter writer, string? name, double? value)
    {
        if (name is not null)
        {
            writer.WritePropertyName(name);
        }

        if (value is { } number)
        {
            writer.WriteNumberValue(number);
            return;
        }

        writer.WriteNullValue();
    }
}
