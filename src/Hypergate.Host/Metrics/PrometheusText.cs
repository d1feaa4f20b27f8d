using System.Globalization;
using System.Text;

namespace Hypergate.Host.Metrics;

/// <summary>Readings in the text format that Prometheus takes, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IReadOnlyList<(SeriesKey Key, Series Series)> readings)
    {
        var text = new StringBuilder();
        foreach (var family in readings.GroupBy(static entry => NameOf(entry.Key, entry.Series.Kind), StringComparer.Ordinal))
        {
            var (key, series) = family.First();
            text.Append(CultureInfo.InvariantCulture, $"# HELP {family.Key} {Escape(key.Instrument.Description ?? key.Instrument.Name)}\n# TYPE {family.Key} {TypeOf(series.Kind)}\n");
            foreach (var entry in family)
            {
                Write(text, family.Key, entry.Key.Labels, entry.Series);
            }
        }

        return text.ToString();
    }

    /// <summary>Labels without braces, in the order of their names.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (labels.IsEmpty)
        {
            return "";
        }

        var sorted = labels.ToArray();
        Array.Sort(sorted, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return string.Join(',', sorted.Select(static label => $"{Clean(label.Key)}=\"{Escape(Convert.ToString(label.Value, CultureInfo.InvariantCulture) ?? "").Replace("\"", "\\\"", StringComparison.Ordinal)}\""));
    }

    private static void Write(StringBuilder text, string name, string labels, Series series)
    {
        var reading = series.Read();
        if (series.Kind != SeriesKind.Histogram)
        {
            Line(text, name, labels, Number(reading.Value));
            return;
        }

        foreach (var (bound, count) in reading.Buckets)
        {
            Line(text, $"{name}_bucket", Join(labels, $"le=\"{Number(bound)}\""), Number(count));
        }

        Line(text, $"{name}_bucket", Join(labels, "le=\"+Inf\""), Number(reading.Count));
        Line(text, $"{name}_sum", labels, Number(reading.Value));
        Line(text, $"{name}_count", labels, Number(reading.Count));
    }

    private static void Line(StringBuilder text, string name, string labels, string value) =>
        text.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(value).Append('\n');

    private static string NameOf(SeriesKey key, SeriesKind kind)
    {
        var name = Clean(key.Instrument.Name);
        var unit = key.Instrument.Unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            _ => "",
        };
        var whole = unit.Length == 0 || name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return kind is SeriesKind.Total or SeriesKind.LastTotal && !whole.EndsWith("_total", StringComparison.Ordinal) ? $"{whole}_total" : whole;
    }

    private static string TypeOf(SeriesKind kind) => kind switch
    {
        SeriesKind.Total or SeriesKind.LastTotal => "counter",
        SeriesKind.Histogram => "histogram",
        _ => "gauge",
    };

    private static string Clean(string name) => string.Create(name.Length, name, static (characters, source) =>
    {
        for (var at = 0; at < characters.Length; at++)
        {
            characters[at] = char.IsAsciiLetterOrDigit(source[at]) ? source[at] : '_';
        }
    });

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Join(string labels, string label) => labels.Length == 0 ? label : $"{labels},{label}";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
