using System.Globalization;
using System.Text;

namespace Hypergate.Tools.Fleet.Metrics;

/// <summary>Draws measurements: one small chart for each metric, one line for each object.</summary>
internal static class MetricsChart
{
    private const int MostCharts = 6;

    /// <param name="objects">What was measured.</param>
    /// <param name="names">The metrics, in their order.</param>
    /// <param name="kind"><c>Svg</c> or <c>Png</c>.</param>
    public static IReadOnlyList<ToolImage> Draw(IReadOnlyList<MetricsTools.Measured> objects, IReadOnlyList<string> names, string kind)
    {
        var charts = names
            .Select(name => new ChartPlot(name, [.. objects.Where(item => item.Series.Values.ContainsKey(name)).Select(item => new ChartLine(item.Name, item.Series.Times, item.Series.Values[name]))]))
            .Where(static plot => plot.Lines.Count > 0)
            .Take(MostCharts).ToList();
        if (charts.Count == 0)
        {
            return [];
        }

        return kind == "Png"
            ? [new ToolImage(PngChart.Draw(charts), "image/png")]
            : [new ToolImage(Encoding.UTF8.GetBytes(SvgChart.Draw(charts)), "image/svg+xml")];
    }
}

/// <summary>One metric over time.</summary>
internal sealed record ChartPlot(string Name, IReadOnlyList<ChartLine> Lines)
{
    private const double Room = 1.05;

    public DateTimeOffset First => Lines.Min(static line => line.Times.Count > 0 ? line.Times[0] : DateTimeOffset.MaxValue);

    public DateTimeOffset Last => Lines.Max(static line => line.Times.Count > 0 ? line.Times[^1] : DateTimeOffset.MinValue);

    /// <summary>The upper end of the scale; the lower one is 0.</summary>
    public double Top => Lines.SelectMany(static line => line.Values).Where(double.IsFinite).DefaultIfEmpty(0).Max() is > 0 and var top ? top * Room : 1;

    /// <summary>The points of a line within a width and height, in unbroken pieces.</summary>
    public IEnumerable<List<(double X, double Y)>> Pieces(ChartLine line, double width, double height)
    {
        var (span, top) = (Math.Max(1, (Last - First).TotalSeconds), Top);
        var piece = new List<(double X, double Y)>();
        for (var index = 0; index < line.Times.Count; index++)
        {
            if (double.IsFinite(line.Values[index]))
            {
                piece.Add(((line.Times[index] - First).TotalSeconds / span * width, height - (line.Values[index] / top * height)));
                continue;
            }

            if (piece.Count > 0)
            {
                yield return piece;
                piece = [];
            }
        }

        if (piece.Count > 0)
        {
            yield return piece;
        }
    }

    /// <summary>The upper end in few characters: 12.3G.</summary>
    public string TopText
    {
        get
        {
            var (value, unit) = Top switch
            {
                >= 1e12 => (Top / 1e12, "T"),
                >= 1e9 => (Top / 1e9, "G"),
                >= 1e6 => (Top / 1e6, "M"),
                >= 1e4 => (Top / 1e3, "K"),
                _ => (Top, ""),
            };
            return string.Create(CultureInfo.InvariantCulture, $"{value:0.##}{unit}");
        }
    }
}

/// <summary>The measurements of one object.</summary>
internal sealed record ChartLine(string Name, IReadOnlyList<DateTimeOffset> Times, double[] Values);
