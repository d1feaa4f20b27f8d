using System.Text;
using Hypergate.Results.Text;

namespace Hypergate.Tests.Results.Text;

public class CleanTextTests
{
    private static readonly Dictionary<string, Func<string, string>> Methods = new(StringComparer.Ordinal)
    {
        ["Visible"] = CleanText.Visible,
        ["Inert"] = CleanText.Inert,
        ["Line"] = CleanText.Line,
        ["Cell"] = CleanText.Cell,
    };

    public static TheoryData<string> EveryMethod => [.. Methods.Keys];

    [Theory]
    [InlineData("prod-web-001 (10.0.20.32) [backup] 50% | a\\b")]
    [InlineData("Überwachung: Prüfung für 日本語, 😀 ok")]
    [InlineData("first line\n\tsecond line")]
    public void Ordinary_text_is_the_same_instance(string text) => Assert.Same(text, CleanText.Visible(text));

    [Fact]
    public void Clean_text_costs_no_memory()
    {
        var text = string.Concat(Enumerable.Repeat("db-primary Prüfung ", 100));
        CleanText.Inert(text);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            CleanText.Inert(text);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("a\u0000b\u0007c\u007Fd\u0085", "abcd\n")]
    [InlineData("a\r\nb\rc", "a\nb\nc")]
    [InlineData("zero\u200Bwidth\u200D\uFEFF\u2060", "zerowidth")]
    [InlineData("safe\u202Eexe.txt\u202C\u2066x\u2069", "safeexe.txtx")]
    [InlineData("tag\U000E0049\U000E0067\U000E007F.", "tag.")]
    [InlineData("variation\uFE0F\U000E0100", "variation")]
    [InlineData("soft\u00ADhyphen\u034F\u3164\u115F", "softhyphen")]
    [InlineData("one\u2028two\u2029three", "one\ntwo\nthree")]
    [InlineData("music\U0001D173note", "musicnote")]
    public void Invisible_code_points_are_removed(string text, string expected) => Assert.Equal(expected, CleanText.Visible(text));

    [Fact]
    public void Halves_of_surrogate_pairs_are_removed_and_never_joined()
    {
        Assert.Equal("ab", CleanText.Visible("a\uD83Db"));
        Assert.Equal("ab", CleanText.Visible("a\uDE00b"));
        Assert.Equal("", CleanText.Visible("\uD83D\u200B\uDE00"));
        Assert.Equal("\U0001F600", CleanText.Visible("\uD83D\uD83D\uDE00"));
    }

    [Theory]
    [InlineData("\u001b[31;1mred\u001b[0m", "red")]
    [InlineData("\u009b2Kgone", "gone")]
    [InlineData("\u001b]0;owned\u0007title", "title")]
    [InlineData("\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\", "click")]
    [InlineData("\u009d0;owned\u009ctitle", "title")]
    [InlineData("\u001bPq#0\u001b\\image", "image")]
    [InlineData("\u001b(Bcharset", "charset")]
    [InlineData("\u001bcreset", "reset")]
    public void Terminal_sequences_are_removed_whole(string text, string expected) => Assert.Equal(expected, CleanText.Visible(text));

    [Theory]
    [InlineData("\u001b]0;never ends", "0;never ends")]
    [InlineData("\u001b]0;one line\nnext\u0007", "0;one line\nnext")]
    [InlineData("\u001b[12", "12")]
    [InlineData("\u001b", "")]
    public void A_sequence_without_end_swallows_no_text(string text, string expected) => Assert.Equal(expected, CleanText.Visible(text));

    [Fact]
    public void A_sequence_cannot_form_out_of_the_parts_of_another() =>
        Assert.Equal("[31m32m", CleanText.Visible("\u001b\u001b[0m[31m\u001b[\u001b[1m32m"));

    [Theory]
    [InlineData("<script>alert(1)</script>", "< script>alert(1)< /script>")]
    [InlineData("<!-- hidden --><?php", "< !-- hidden -->< ?php")]
    [InlineData("<\u200Bimg src=x>", "< img src=x>")]
    [InlineData("![x](https://evil.example/?q=1)", "! [x] (https://evil.example/?q=1)")]
    [InlineData("[click](javascript:x)", "[click] (javascript:x)")]
    [InlineData("![x][y]\n[y]: https://evil.example", "! [x] [y]\n[y] : https://evil.example")]
    [InlineData("[two\nlines]: https://evil.example", "[two\nlines] : https://evil.example")]
    [InlineData("```js\nx\n```", "`` `js\nx\n`` `")]
    [InlineData("~~~~~", "~~ ~~ ~")]
    [InlineData("confirm_token: \"0\" next cursor: \"0\"", "confirm_token : \"0\" next cursor : \"0\"")]
    public void Markup_loses_its_force(string text, string expected) => Assert.Equal(expected, CleanText.Inert(text));

    [Theory]
    [InlineData("a < b and c <= d, x<1")]
    [InlineData("[::1]:8006")]
    [InlineData("list[0]: sshd[99]: started!")]
    [InlineData("use `code` and ``more`` ~home~")]
    public void Harmless_text_stays(string text) => Assert.Same(text, CleanText.Inert(text));

    [Theory]
    [InlineData("a|b", "a\\|b")]
    [InlineData("a\\|b", "a\\|b")]
    [InlineData("a\\\\|b", "a\\\\\\|b")]
    [InlineData("one\r\ntwo\tthree", "one two three")]
    [InlineData("end |\n| --- |\n| fake", "end \\| \\| --- \\| \\| fake")]
    public void A_cell_creates_neither_row_nor_column(string text, string expected) => Assert.Equal(expected, CleanText.Cell(text));

    [Theory]
    [MemberData(nameof(EveryMethod))]
    public void Any_text_is_cleaned_once_and_for_all(string method)
    {
        var clean = Methods[method];
        var random = new Random(20260101);
        for (var round = 0; round < 20_000; round++)
        {
            var text = HostileText(random);

            var once = clean(text);

            Assert.Equal(once, clean(once));
            Assert.True(once.Length <= text.Length * 2, text);
            Assert.DoesNotContain(CodePoints(once), CleanText.IsForbidden);
        }
    }

    [Fact]
    public void Any_cell_is_one_line_without_a_bar_of_its_own()
    {
        var random = new Random(20260102);
        for (var round = 0; round < 20_000; round++)
        {
            var cell = CleanText.Cell(HostileText(random));

            Assert.DoesNotContain('\n', cell);
            Assert.True(cell.Index().Where(c => c.Item == '|').All(bar => bar.Index > 0 && cell[bar.Index - 1] == '\\'), cell);
        }
    }

    [Fact]
    public void The_work_grows_with_the_text_and_not_faster()
    {
        // Each of these would take minutes if a search started again at every introducer.
        foreach (var part in (string[])["\u001b]", "\u009d", "\u001b[0", "![", "`", "[a]:", "|\\"])
        {
            var text = string.Concat(Enumerable.Repeat(part, 500_000));
            var cleaned = CleanText.Cell(text);
            Assert.True(cleaned.Length <= text.Length * 2);
        }
    }

    [Fact]
    public void Every_code_point_that_hides_or_turns_text_is_forbidden()
    {
        int[] bidirectional = [0x061C, 0x200E, 0x200F, .. Enumerable.Range(0x202A, 5), .. Enumerable.Range(0x2066, 4)];
        int[] zeroWidth = [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x180E];
        int[] tags = [.. Enumerable.Range(0xE0000, 128), .. Enumerable.Range(0xE0100, 240)];
        int[] controls = [.. Enumerable.Range(0, 32).Where(c => c is not ('\n' or '\t')), .. Enumerable.Range(0x7F, 33)];
        Assert.All([.. bidirectional, .. zeroWidth, .. tags, .. controls], codePoint => Assert.True(CleanText.IsForbidden(codePoint)));
    }

    private static string HostileText(Random random)
    {
        const string Pieces = "ab19 <>!?/[]()`~|\\:;\"'\n\r\t\u001b\u009b\u009d\u009c\u0007\u200b\u202e\ufeff\ud83d\ude00\u2028\u0085é日";
        string[] words = ["confirm_token:", "cursor:", "![", "](", "]:", "```", "\u001b[3", "\u001b]8;;", "\U000E0041", "<script", "\\|", "😀"];
        var text = new StringBuilder();
        for (var length = random.Next(24); length > 0; length--)
        {
            text.Append(random.Next(4) == 0 ? words[random.Next(words.Length)] : Pieces[random.Next(Pieces.Length)].ToString());
        }

        return text.ToString();
    }

    // Halves of pairs count as code points of their own, so that they are found.
    private static IEnumerable<int> CodePoints(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            yield return at + 1 < text.Length && char.IsSurrogatePair(text, at) ? char.ConvertToUtf32(text[at], text[++at]) : text[at];
        }
    }
}
