using System.Diagnostics;
using Hypergate.Catalog.Search;

namespace Hypergate.Tests.Catalog.Search;

public class SearchSpeedTests
{
    [Fact]
    public void Ninety_nine_of_a_hundred_searches_over_two_platforms_take_at_most_five_milliseconds()
    {
        var index = OperationIndex.Of(GoldenQuestions.Everything);
        var questions = GoldenQuestions.Read("golden.tsv").Concat(GoldenQuestions.Read("held-out.tsv")).Select(static question => question.Text).ToList();
        questions.ForEach(question => index.Find(question, 8));

        // The fastest of five runs of each: other tests on the machine make any single one slow.
        var times = questions.ConvertAll(question => Enumerable.Range(0, 5).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            index.Find(question, 8);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }));
        times.Sort();

        Assert.True(index.Count > 800);
        Assert.InRange(times[(int)(times.Count * 0.99)], 0, 5);
    }

    [Fact]
    public void An_API_whose_paths_are_all_flat_is_searched_too()
    {
        var flat = GoldenQuestions.XenOrchestra.Where(static one => one.Operation.Path.Count(static letter => letter == '/') == 1).ToList();

        Assert.NotEmpty(OperationIndex.Of(flat).Find("virtual machines", 5));
        Assert.Empty(OperationIndex.Of([]).Find("virtual machines", 5));
    }

    [Fact]
    public void A_very_long_question_is_answered_all_the_same()
    {
        var index = OperationIndex.Of(GoldenQuestions.XenOrchestra);

        Assert.Equal(5, index.Find(string.Concat(Enumerable.Repeat("start the virtual machine ", 5_000)), 5).Count);
        Assert.Empty(index.Find("", 5));
    }
}
