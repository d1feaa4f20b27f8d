using System.Text;
using Hypergate.Host.Mcp;

namespace Hypergate.Tests.Host.Mcp;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\nb", "a|b")]
    [InlineData("\n\na\r\n", "||a\r")]
    public void Lines_end_at_line_ends_and_the_last_one_at_the_end(string text, string expected) => Assert.Equal(expected, string.Join('|', Lines(text, 1)));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Lines_are_whole_however_the_bytes_arrive(int atATime)
    {
        string[] lines = [new('a', 3), new('b', 70_000), "", new('c', 200_000), new('d', 64 * 1024), "é"];

        Assert.Equal(lines, Lines(string.Join('\n', lines) + "\n", atATime));
    }

    [Fact]
    public void A_line_without_end_is_cut_and_the_next_one_is_whole()
    {
        var lines = Lines(new string('x', LineLimitStream.LongestLine + 1_000_000) + "\nnext\n", 50_000);

        Assert.Equal([LineLimitStream.LongestLine, 4], lines.Select(static line => line.Length));
    }

    private static List<string> Lines(string text, int atATime)
    {
        using var input = new LineLimitStream(new DripStream(Encoding.UTF8.GetBytes(text), atATime));
        var reader = new LineReader(input);
        var lines = new List<string>();
        while (reader.TryRead(out var line))
        {
            lines.Add(Encoding.UTF8.GetString(line));
        }

        return lines;
    }

    private sealed class DripStream(byte[] bytes, int atATime) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, atATime)]);
    }
}
