using Hypergate.Descriptions;

namespace Hypergate.Tests.Descriptions;

public class DescriptionTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData(" \n ", "")]
    [InlineData("\n One\r\ntwo ", "One two")]
    [InlineData("One\n\ntwo", "One. two")]
    [InlineData("One.\n\nTwo", "One. Two")]
    [InlineData("These:\n- a\n- b\n\nEnd", "These: a; b. End")]
    [InlineData("a &lt;b&gt; &amp; c", "a <b> & c")]
    [InlineData("**bold** *soft* `code` and \"*\"", "bold soft code and \"*\"")]
    [InlineData("see [the page](https://example.com/a_b) now", "see the page now")]
    [InlineData("![alarm](https://evil.example/x.png)!", "alarm!")]
    [InlineData("a {@link Thing} b", "a Thing b")]
    [InlineData("brackets [a] (b) and [c", "brackets [a] (b) and [c")]
    [InlineData("a  b", "a b")]
    [InlineData("2 * 3 * 4", "2 * 3 * 4")]
    [InlineData("a\u202Eb\u200Bc\u0007d\uFE0Fe", "abcde")]
    public void A_text_becomes_one_line(string? text, string expected) => Assert.Equal(expected, DescriptionText.OneLine(text, 200));

    [Fact]
    public void Entities_cannot_hide_what_would_have_been_removed() =>
        Assert.Equal("ab", DescriptionText.OneLine("a&#x202E;&#8203;b", 200));

    [Theory]
    [InlineData("one two three", 20, "one two three")]
    [InlineData("one two three", 10, "one two…")]
    [InlineData("one two, three", 10, "one two…")]
    [InlineData("abcdefghijkl", 5, "abcd…")]
    [InlineData("abc\U0001F600defg", 5, "abc…")]
    public void A_long_text_is_cut_at_a_word(string text, int longest, string expected) =>
        Assert.Equal(expected, DescriptionText.Shorten(text, longest));

    [Fact]
    public void A_cut_text_is_never_longer_than_asked()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 100));

        Assert.All(Enumerable.Range(5, 200), longest => Assert.InRange(DescriptionText.Shorten(text, longest).Length, 1, longest));
    }
}
