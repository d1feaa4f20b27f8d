using System.Globalization;
using System.Text.Json;
using Hypergate.Results.Statistics;

namespace Hypergate.Tests.Results.Statistics;

public class StatisticsAnswerTests
{
    [Fact]
    public void Recorded_statistics_keep_their_structure_and_units()
    {
        var document = XoSamples.SubResource("a2cc901e-4c9c-4b18-a07b-33f6faeecdb1/stats");

        var shown = XoSamples.Shaper.Statistics(document, new()).Structured!.Value.GetProperty("value");

        var host = shown.GetProperty("ca95699d-2b4c-4be9-a872-768f84d28e8a");
        Assert.Equal(1795229525, host.GetProperty("endTimestamp").GetInt64());
        Assert.Equal(5, host.GetProperty("interval").GetInt32());
        Assert.Equal(
            """{"samples":3,"min":67.98999905586243,"mean":74.3133,"max":80.94000220298767,"last":74.01000261306763,"points":[67.99,80.94,74.01]}""",
            host.GetProperty("stats").GetProperty("cpus").GetProperty("0").GetRawText());
        Assert.Equal(1099511627776, host.GetProperty("stats").GetProperty("memory").GetProperty("mean").GetInt64());
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(60, 60, 1)]
    [InlineData(61, 31, 2)]
    [InlineData(120, 60, 2)]
    [InlineData(1_000, 59, 17)]
    public void A_series_has_at_most_sixty_points_of_equal_width(int samples, int points, int width)
    {
        var values = Enumerable.Range(1, samples).ToList();

        var series = Reduce($"[{string.Join(',', values)}]");

        Assert.Equal(points, series.GetProperty("points").GetArrayLength());
        Assert.Equal(width, series.TryGetProperty("samplesPerPoint", out var perPoint) ? perPoint.GetInt32() : 1);
        Assert.Equal(values.TakeLast(width).Average(), series.GetProperty("points")[points - 1].GetDouble(), 1e-3);
        Assert.Equal(values.Average(), series.GetProperty("mean").GetDouble(), 1e-2);
        Assert.Equal((1, samples, samples), (series.GetProperty("min").GetInt32(), series.GetProperty("max").GetInt32(), series.GetProperty("last").GetInt32()));
    }

    [Theory]
    [InlineData("[null,1,null,3,null]", """{"samples":5,"min":1,"mean":2,"max":3,"last":3,"points":[null,1,null,3,null]}""")]
    [InlineData("[null,null]", """{"samples":2,"min":null,"mean":null,"max":null,"last":null,"points":[null,null]}""")]
    [InlineData("[0,0.00012345678]", """{"samples":2,"min":0,"mean":6.17284E-05,"max":0.00012345678,"last":0.00012345678,"points":[0,0.000123457]}""")]
    [InlineData("[-5,1e999]", """{"samples":2,"min":-5,"mean":-5,"max":-5,"last":-5,"points":[-5,null]}""")]
    public void Gaps_are_skipped(string series, string summary) => Assert.Equal(summary, Reduce(series).GetRawText());

    [Fact]
    public void A_bucket_of_gaps_is_a_gap_and_others_are_means_of_what_is_known()
    {
        var samples = string.Join(',', Enumerable.Range(0, 120).Select(index => index is 2 or 3 or 5 ? "null" : index.ToString(CultureInfo.InvariantCulture)));

        var points = Reduce($"[{samples}]").GetProperty("points");

        Assert.Equal(JsonValueKind.Null, points[1].ValueKind);
        Assert.Equal(4, points[2].GetDouble());
        Assert.Equal(118.5, points[59].GetDouble());
    }

    [Theory]
    [InlineData("""{"a":[],"b":["x",1],"c":[[1,2],[3]],"d":"text","e":true}""")]
    public void Only_series_change_at_any_depth(string document)
    {
        var reduced = StatisticsAnswer.Reduce(JsonElement.Parse(document), 60);

        Assert.Equal("""[]""", reduced.GetProperty("a").GetRawText());
        Assert.Equal("""["x",1]""", reduced.GetProperty("b").GetRawText());
        Assert.Equal(1.5, reduced.GetProperty("c")[0].GetProperty("mean").GetDouble());
        Assert.Equal(3, reduced.GetProperty("c")[1].GetProperty("mean").GetDouble());
        Assert.Equal("text", reduced.GetProperty("d").GetString());
    }

    [Fact]
    public void Where_the_budget_is_small_there_are_fewer_points_but_every_series()
    {
        var series = string.Join(',', Enumerable.Range(0, 120).Select(index => (index * 1.234567).ToString(CultureInfo.InvariantCulture)));
        var cpus = string.Join(',', Enumerable.Range(0, 96).Select(cpu => $"\"{cpu}\":[{series}]"));
        var document = JsonElement.Parse($$$"""{"endTimestamp":1,"interval":5,"stats":{"cpus":{ {{{cpus}}} } } }""");

        var answer = XoSamples.Shaper.Statistics(document, new());

        Assert.True(answer.Text.Length <= 25_000);
        Assert.Contains("points a series", answer.Note, StringComparison.Ordinal);
        var shown = JsonElement.Parse(answer.Data).GetProperty("stats").GetProperty("cpus");
        Assert.Equal(96, shown.GetPropertyCount());
        Assert.True(shown.GetProperty("95").GetProperty("max").GetDouble() > 146);
    }

    [Fact]
    public void A_host_of_many_processors_fits_the_default_budget_with_all_points()
    {
        var series = string.Join(',', Enumerable.Range(0, 120).Select(index => (index * 0.734567).ToString(CultureInfo.InvariantCulture)));
        var cpus = string.Join(',', Enumerable.Range(0, 32).Select(cpu => $"\"{cpu}\":[{series}]"));

        var answer = XoSamples.Shaper.Statistics(JsonElement.Parse($$$"""{"endTimestamp":1,"interval":5,"stats":{"cpus":{ {{{cpus}}} } } }"""), new());

        Assert.Equal("", answer.Note);
        Assert.Equal(60, JsonElement.Parse(answer.Data).GetProperty("stats").GetProperty("cpus").GetProperty("0").GetProperty("points").GetArrayLength());
    }

    private static JsonElement Reduce(string series) => StatisticsAnswer.Reduce(JsonElement.Parse($$"""{"s":{{series}}}"""), StatisticsAnswer.MostPoints).GetProperty("s");
}
