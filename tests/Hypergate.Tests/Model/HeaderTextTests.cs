using FsCheck;
using FsCheck.Fluent;
using Hypergate.Model;

namespace Hypergate.Tests.Model;

public class HeaderTextTests
{
    [Theory]
    [InlineData("mcp")]
    [InlineData("Basic YWRtaW46eA==")]
    [InlineData("a,b;c=\"d\"")]
    public void Visible_ASCII_with_blanks_inside_is_a_header_value(string value) => Assert.Null(HeaderText.Problem(value));

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" a", "blank")]
    [InlineData("a ", "blank")]
    [InlineData("a\r\nX: y", "line break at position 2")]
    [InlineData("a\0", "NUL")]
    [InlineData("a\tb", "control")]
    [InlineData("\x7F", "control")]
    [InlineData("aé", "outside ASCII")]
    public void Anything_else_is_named(string value, string problem) =>
        Assert.Contains(problem, HeaderText.Problem(value), StringComparison.Ordinal);

    [Theory]
    [InlineData("abc;d", "character ;")]
    [InlineData("abc,d", "character ,")]
    [InlineData("a\"b", "character \"")]
    [InlineData("a\\b", "character \\")]
    [InlineData("a b", "a blank")]
    [InlineData("", "empty")]
    public void A_cookie_value_has_a_narrower_grammar(string value, string problem) =>
        Assert.Contains(problem, HeaderText.CookieProblem(value), StringComparison.Ordinal);

    [Fact]
    public void A_token_as_platforms_make_them_is_a_cookie_value() =>
        Assert.Null(HeaderText.CookieProblem("SB3_A-1.x~!#$%&'()*+/:<=>?@[]^`{|}"));

    [Fact]
    public void No_accepted_text_can_end_a_header_or_a_cookie() => Prop.ForAll<string>(text =>
        text is null
        || (HeaderText.Problem(text) is not null || text.All(c => c is >= ' ' and <= '~'))
        && (HeaderText.CookieProblem(text) is not null || !text.Any(c => c is ';' or ',' or '"' or '\\' or <= ' ' or > '~')))
        .QuickCheckThrowOnFailure();
}
