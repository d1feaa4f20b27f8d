using System.IO.Compression;
using Hypergate.Tools.Fleet.Metrics;

namespace Hypergate.Tests.Tools.Fleet.Metrics;

/// <summary>Long series in few points.</summary>
public sealed class MetricsReductionTests
{
    private static MetricsSeries Series(params double[] values) => new(
        60, [.. Enumerable.Range(0, values.Length).Select(static index => DateTimeOffset.UnixEpoch.AddMinutes(index))], new Dictionary<string, double[]> { ["cpu"] = values });

    [Fact]
    public void Points_are_means_or_maxima_of_equally_many_values_counted_from_the_end()
    {
        var series = Series(9, 1, 3, 5, 7);

        Assert.Equal([9, 2, 6], MetricsReduction.To(series, 3, maximum: false).Values["cpu"]);
        Assert.Equal([9, 3, 7], MetricsReduction.To(series, 3, maximum: true).Values["cpu"]);
        Assert.Equal(120, MetricsReduction.To(series, 3, maximum: false).StepSeconds);
    }

    [Fact]
    public void Points_without_values_are_left_out_and_gaps_are_no_zeros()
    {
        var reduced = MetricsReduction.To(Series(double.NaN, 2, double.NaN, 4), 60, maximum: false);

        Assert.Equal([2, 4], reduced.Values["cpu"]);
        Assert.Equal((2, 3, 4, 4), MetricsReduction.Summary(reduced.Values["cpu"])!.Value);
        Assert.Null(MetricsReduction.Summary([double.NaN]));
    }

    [Fact]
    public void A_picture_is_a_whole_png()
    {
        var canvas = new PngCanvas(40, 20);
        canvas.Line(0, 0, 39, 19, 0xff0000);
        canvas.Text("CPU 12.3%", 2, 2, 0);

        var png = canvas.ToPng();

        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], png[..8]);
        var start = png.AsSpan().IndexOf("IDAT"u8) + 4;
        using var zlib = new ZLibStream(new MemoryStream(png[start..]), CompressionMode.Decompress);
        var pixels = new byte[(40 * 3 + 1) * 20];
        zlib.ReadExactly(pixels);
        Assert.Equal((0, 0xff, 0, 0), (pixels[0], pixels[1], pixels[2], pixels[3]));
    }
}
