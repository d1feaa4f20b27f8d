using System.Globalization;
using System.Text.Json;
using Hypergate.Inventory.Tables;
using Hypergate.Results.Rows;

namespace Hypergate.Tools.Fleet.Metrics;

/// <summary>Measurements as an object, and as rows for formats that hold nothing else.</summary>
/// <param name="kind">What is measured, <c>node</c> or <c>guest</c>: the name of the column that names it.</param>
/// <param name="measured">Already in few points.</param>
/// <param name="names">The metrics, in their order.</param>
internal sealed class MetricsForm(string kind, IReadOnlyList<MetricsTools.Measured> measured, IReadOnlyList<string> names)
{
    /// <summary>One row for each moment of each object; the summaries beside them in words.</summary>
    public FleetRows Rows()
    {
        List<string> shown = [.. names.Where(name => measured.Any(item => item.Series.Values.ContainsKey(name)))];
        return new FleetRows(
            ["backend", kind, "time", .. shown],
            [.. measured.SelectMany(item => Enumerable.Range(0, item.Series.Times.Count).Select(index => Row(item, shown, index)))],
            [.. measured.SelectMany(item => shown.Select(name => Line(item, name)).OfType<string>())]);
    }

    /// <param name="writer">Inside an object.</param>
    /// <param name="named">Whether each value has its name, in place of one line of names.</param>
    public void Write(Utf8JsonWriter writer, bool named)
    {
        writer.WriteStartArray("series");
        foreach (var item in measured)
        {
            Write(writer, item, [.. names.Where(item.Series.Values.ContainsKey)], named);
        }

        writer.WriteEndArray();
    }

    private void Write(Utf8JsonWriter writer, MetricsTools.Measured item, List<string> shown, bool named)
    {
        writer.WriteStartObject();
        writer.WriteString("backend", item.Backend.Name);
        writer.WriteString(kind, item.Name);
        writer.WriteNumber("step_seconds", item.Series.StepSeconds);
        WriteSummary(writer, item, shown);
        if (!named)
        {
            writer.WriteStartArray("columns");
            writer.WriteStringValue("time");
            shown.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
        }

        writer.WriteStartArray("rows");
        for (var index = 0; index < item.Series.Times.Count; index++)
        {
            WriteRow(writer, item.Series, shown, index, named);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter writer, MetricsTools.Measured item, List<string> shown)
    {
        writer.WriteStartObject("summary");
        foreach (var name in shown)
        {
            if (MetricsReduction.Summary(item.Whole!.Values[name]) is { } summary)
            {
                writer.WriteStartObject(name);
                writer.WriteNumber("min", summary.Min);
                writer.WriteNumber("mean", summary.Mean);
                writer.WriteNumber("max", summary.Max);
                writer.WriteNumber("last", summary.Last);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter writer, MetricsSeries series, List<string> shown, int index, bool named)
    {
        List<(string Name, Cell Value)> cells = [("time", Cell.Of((DateTimeOffset?)series.Times[index])), .. shown.Select(name => (name, Value(series, name, index)))];
        if (named)
        {
            writer.WriteStartObject();
        }
        else
        {
            writer.WriteStartArray();
        }

        foreach (var (name, value) in cells)
        {
            if (named)
            {
                writer.WritePropertyName(name);
            }

            CellJson.Write(writer, value, int.MaxValue);
        }

        if (named)
        {
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteEndArray();
        }
    }

    private static Cell[] Row(MetricsTools.Measured item, List<string> shown, int index) =>
    [
        Cell.Of(item.Backend.Name),
        Cell.Of(item.Name),
        Cell.Of((DateTimeOffset?)item.Series.Times[index]),
        .. shown.Select(name => Value(item.Series, name, index)),
    ];

    private static Cell Value(MetricsSeries series, string name, int index) =>
        series.Values.TryGetValue(name, out var values) && double.IsFinite(values[index]) ? Cell.Of((double?)MetricsReduction.Rounded(values[index])) : Cell.Null;

    private static string? Line(MetricsTools.Measured item, string name) =>
        item.Whole!.Values.TryGetValue(name, out var values) && MetricsReduction.Summary(values) is { } summary
            ? string.Create(CultureInfo.InvariantCulture, $"{item.Backend.Name} {item.Name} {name}: min {summary.Min}, mean {summary.Mean}, max {summary.Max}, last {summary.Last}")
            : null;
}
