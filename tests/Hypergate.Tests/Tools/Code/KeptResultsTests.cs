using Hypergate.Tools.Code;

namespace Hypergate.Tests.Tools.Code;

/// <summary>What runs returned is there for ten minutes, however many others run; only memory ends it before.</summary>
public sealed class KeptResultsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_result_is_there_for_its_time_and_for_its_caller()
    {
        var kept = new KeptResults(_time, TimeSpan.FromMinutes(10));
        kept.Add("r_1", "anna", "1");
        for (var other = 0; other < 200; other++)
        {
            kept.Add($"r_other{other}", "berta", "2");
        }

        _time.Advance(TimeSpan.FromMinutes(9));

        Assert.Equal("1", kept.Find("r_1", "anna"));
        Assert.Null(kept.Find("r_1", "berta"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(kept.Find("r_1", "anna"));
    }

    [Fact]
    public void Whoever_has_most_loses_their_oldest()
    {
        var kept = new KeptResults(_time, TimeSpan.FromMinutes(10), mostCharacters: 30_000);
        kept.Add("r_1", "anna", new string('x', 5_000));
        for (var other = 0; other < 9; other++)
        {
            kept.Add($"r_other{other}", "berta", new string('x', 9_000));
        }

        Assert.NotNull(kept.Find("r_1", "anna"));
        Assert.Null(kept.Find("r_other0", "berta"));
        Assert.NotNull(kept.Find("r_other8", "berta"));
    }
}
