using System.Globalization;
using Hypergate.Catalog.Search;

namespace Hypergate.Tests.Catalog.Search;

/// <summary>How often the right operations are among the first five, measured with the golden questions.</summary>
public sealed class SearchQualityTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("golden.tsv")]
    [InlineData("held-out.tsv")]
    [InlineData("fresh.tsv")]
    [InlineData("fresh-2.tsv")]
    [InlineData("fresh-3.tsv")]
    [InlineData("fresh-4.tsv")]
    [InlineData("fresh-5.tsv")]
    [InlineData("fresh-6.tsv")]
    [InlineData("fresh-8.tsv")]
    [InlineData("fresh-9.tsv")]
    [InlineData("fresh-10.tsv")]
    [InlineData("fresh-11.tsv")]
    [InlineData("fresh-14.tsv")]
    [InlineData("fresh-15.tsv")]
    public void Nine_of_ten_right_operations_of_both_platforms_are_among_the_first_five(string file)
    {
        var index = OperationIndex.Of(GoldenQuestions.Everything);
        Measure(file, question => index.Find(question, 5), new PlainBm25(GoldenQuestions.Everything).Find, "", least: 0.9);
    }

    [Theory]
    [InlineData("fresh-17.tsv")]
    [InlineData("fresh-18.tsv")]
    public void Stories_symptoms_and_commands_of_other_tools_are_mostly_understood(string file)
    {
        var index = OperationIndex.Of(GoldenQuestions.Everything);
        Measure(file, question => index.Find(question, 5), new PlainBm25(GoldenQuestions.Everything).Find, "", least: 0.85);
    }

    [Fact]
    public void Every_right_answer_is_an_operation()
    {
        var known = GoldenQuestions.Everything.Select(static entry => $"{entry.Backend}.{entry.Operation.Name}").ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Directory.GetFiles(Repository.Path("tests", "Hypergate.Tests", "Data", "search"), "*.tsv")
            .SelectMany(static file => GoldenQuestions.Read(Path.GetFileName(file)).SelectMany(question => question.Right.Select(name => (File: Path.GetFileName(file), Name: name))))
            .Where(right => !known.Contains(right.Name)).Distinct());
    }

    [Theory]
    [InlineData("fresh-7.tsv")]
    [InlineData("fresh-16.tsv")]
    public void Questions_to_which_nothing_was_fitted_are_answered_hardly_less(string file)
    {
        var index = OperationIndex.Of(GoldenQuestions.Everything);
        Measure(file, question => index.Find(question, 5), new PlainBm25(GoldenQuestions.Everything).Find, "", least: 0.9);
    }

    private void Measure(string file, Func<string, IReadOnlyList<SearchHit>> find, Func<string, IReadOnlyList<SearchHit>> plain, string prefix, double least)
    {
        var questions = GoldenQuestions.Read(file).Where(question => question.Right.Any(name => name.StartsWith(prefix, StringComparison.Ordinal))).ToList();
        var recall = questions.ToDictionary(static question => question, question => GoldenQuestions.Recall(question, find, prefix));
        foreach (var (question, share) in recall.Where(static entry => entry.Value < 1))
        {
            output.WriteLine($"{share:0.00} {question.Text} -> {string.Join(' ', question.Right)}; found {string.Join(' ', find(question.Text).Select(static hit => $"{GoldenQuestions.NameOf(hit)}:{hit.Score.ToString("0.0", CultureInfo.InvariantCulture)}"))}");
        }

        var baseline = questions.Average(question => GoldenQuestions.Recall(question, plain, prefix));
        foreach (var group in recall.GroupBy(static entry => entry.Key.Language))
        {
            output.WriteLine($"{group.Key}: {group.Average(static entry => entry.Value):0.000} of {group.Count()}");
        }

        output.WriteLine($"all: {recall.Values.Average():0.000}, plain BM25: {baseline:0.000}");
        Assert.True(recall.Values.Average() >= least, $"recall@5 is {recall.Values.Average():0.000}, plain BM25 {baseline:0.000}");
        Assert.True(recall.Values.Average() >= baseline + 0.15);
    }
}
