using System.Globalization;
using Hypergate.Host.Settings;
using Hypergate.Host.Settings.Yaml;

namespace Hypergate.Tests.Host.Settings.Yaml;

public class YamlReaderTests
{
    [Fact]
    public void Aliases_that_multiply_are_stopped_before_they_fill_the_memory()
    {
        var bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + string.Concat(
            "bcdefghi".Select(static name => $"{name}: &{name} [{string.Join(", ", Enumerable.Repeat($"*{(char)(name - 1)}", 9))}]\n"));
        using var folder = new SettingsFolder();

        Assert.EndsWith("holds too many values (YAML aliases count each time)", folder.RefusalOf(bomb), StringComparison.Ordinal);
    }

    [Fact]
    public void There_may_not_be_endless_aliases()
    {
        var message = Refusal("a: &a x\nb: [" + string.Concat(Enumerable.Repeat("*a, ", 501)) + "]");

        Assert.Equal("f.yaml:2: uses more than 500 YAML aliases", message);
    }

    [Fact]
    public void A_list_cannot_hold_itself() => Assert.Equal("f.yaml:1: refers to *a, which is not defined before", Refusal("a: &a [*a]"));

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    [InlineData("- ", "")]
    public void Nesting_has_a_limit(string open, string close)
    {
        foreach (var depth in (int[])[40, 5_000])
        {
            var yaml = string.Concat(Enumerable.Repeat(open, depth)) + "x" + string.Concat(Enumerable.Repeat(close, depth));

            Assert.Contains("is nested more than 32 levels deep", Refusal(yaml), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Whatever_the_text_there_are_settings_or_one_clear_line()
    {
        using var folder = new SettingsFolder();
        const string Valid = "backends:\n  - name: &n xo\n    kind: xen-orchestra\n    url: \"https://xo\"\n    auth: { token: '${env:T}' }\n    deny: [*n, \"a.*\"]\n# end\n";
        const string Alphabet = "abx:-#&*!|>'\"%@`{}[],?\n\t \\~0$\u00e4\u2028\uFFFD";
        var random = new Random(20260101);
        for (var round = 0; round < 3_000; round++)
        {
            var text = Valid.ToCharArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                text[random.Next(text.Length)] = Alphabet[random.Next(Alphabet.Length)];
            }

            folder.File("hypergate.yaml", new string(text));
            try
            {
                Assert.NotEmpty(folder.Load(("T", "swordfish")).Settings.Backends);
            }
            catch (SettingsException exception)
            {
                Assert.StartsWith("hypergate.yaml", exception.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("swordfish", exception.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', exception.Message);
            }
        }
    }

    [Fact]
    public void Lines_are_those_of_the_text()
    {
        var map = Assert.IsType<SettingsNode.Map>(YamlReader.Read("# one\na: 1\n\nb:\n  - x\n  - y\n", "f.yaml"));

        Assert.Equal("a:2 b:4", string.Join(' ', map.Entries.Select(static entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key}:{entry.Place.Line}"))));
        Assert.Equal([5L, 6L], Assert.IsType<SettingsNode.List>(map.Entries[1].Value).Items.Select(static item => item.Place.Line));
    }

    private static string Refusal(string yaml) => Assert.Throws<SettingsException>(() => YamlReader.Read(yaml, "f.yaml")).Message;
}
