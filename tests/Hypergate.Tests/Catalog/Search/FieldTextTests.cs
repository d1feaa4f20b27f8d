using System.Text.RegularExpressions;
using Hypergate.Catalog.Search;

namespace Hypergate.Tests.Catalog.Search;

public partial class FieldTextTests
{
    private static readonly FieldText Words = FieldText.Read("field-words");
    private static readonly FieldText Phrases = FieldText.Read("field-phrases");

    [Fact]
    public void The_files_have_the_sections_that_are_read_and_no_others()
    {
        Assert.Equal(
            ["things", "spoken", "reading", "changing", "fillers", "circumstances", "inquiries", "deleting", "english", "foreign", "host names", "many", "nouns as wishes"],
            Words.Sections.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(["idioms", "implications"], Phrases.Sections);
    }

    [Theory]
    [InlineData("things")]
    [InlineData("spoken")]
    [InlineData("reading")]
    [InlineData("changing")]
    public void A_concept_stands_before_plain_words_of_which_none_is_said_twice(string section)
    {
        var said = new HashSet<(string, string)>();
        Assert.All(Words.Lines(section), line =>
        {
            Assert.Matches(Concept(), line);
            var (name, words) = (line.Split(": ")[0], line.Split(": ")[1].Split(", "));
            Assert.All(words, word => Assert.True(said.Add((name, word)), $"{section}: {name}: {word} stands twice"));
        });
    }

    [Theory]
    [InlineData("fillers")]
    [InlineData("circumstances")]
    [InlineData("inquiries")]
    [InlineData("deleting")]
    [InlineData("english")]
    [InlineData("foreign")]
    [InlineData("host names")]
    [InlineData("many")]
    [InlineData("nouns as wishes")]
    public void Other_sections_are_plain_words(string section) =>
        Assert.All(Words.Lines(section), static line => Assert.Matches(Plain(), line));

    [Fact]
    public void An_idiom_says_what_is_said_and_what_is_meant()
    {
        Assert.All(Phrases.Lines("idioms"), static line =>
        {
            Assert.Matches(Idiom(), line);
            var (said, meant) = (line.Split(" = ")[0].Split(' '), line.Split(" = ")[1].Split(' '));
            Assert.InRange(said.Count(static word => word == "_"), 0, 1);
            Assert.NotEqual("_", said[0]);
            Assert.True(!meant.Contains("_") || said.Contains("_"), line);
        });
        Assert.Equal(Phrases.Lines("idioms").Count, Phrases.Lines("idioms").Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void What_implies_and_what_is_implied_are_concepts()
    {
        HashSet<string> known = ["name", "hostname", "address", .. Concepts("things"), .. Concepts("reading"), .. Concepts("changing")];
        Assert.All(Phrases.Lines("implications"), line =>
        {
            Assert.Matches(Implication(), line);
            Assert.All(line.Replace(" = ", " ", StringComparison.Ordinal).Split(' '), word => Assert.True(known.Contains(word.TrimStart('!', '-')), $"{word} of {line} is no concept"));
        });
        Assert.All(Words.Words("deleting"), name => Assert.Contains(name, Concepts("changing")));
    }

    // A word that is a state and a wish alike would make every question about the state one that changes something.
    [Fact]
    public void No_state_of_a_thing_has_the_stem_of_a_wish()
    {
        var wishes = Stems("changing", static _ => true).ToHashSet(StringComparer.Ordinal);
        var states = Stems("things", static name => name == "status").Where(wishes.Contains);

        Assert.Equal(["aliv", "reachabl", "work", "erreichbar"], states.ToHashSet(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Concepts(string section) => Words.Lines(section).Select(static line => line.Split(": ")[0]);

    private static IEnumerable<string> Stems(string section, Func<string, bool> isAsked) => Words.Lines(section).Select(static line => line.Split(": "))
        .Where(sides => isAsked(sides[0])).SelectMany(static sides => sides[1].Split(", ")).Select(static phrase => string.Join(' ', phrase.Split(' ').Select(WordStem.Of)));

    [GeneratedRegex("^[a-z0-9]+: [a-z0-9 ]+(, [a-z0-9 ]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Concept();

    [GeneratedRegex("^[a-z0-9]+( [a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^[a-z0-9_|]+( [a-z0-9_|]+)* = [a-z0-9_]+( [a-z0-9_]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Idiom();

    [GeneratedRegex("^!?[a-z0-9]+( !?[a-z0-9]+)* = -?[a-z0-9]+( -?[a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Implication();
}
