using Hypergate.Catalog.Search;

namespace Hypergate.Tests.Catalog.Search;

public class OddSearchTests
{
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
