using System.Text;
using Hypergate.Host.Mcp;

namespace Hypergate.Tests.Host.Mcp;

public sealed class EscapedTextTests
{
    [Theory]
    [InlineData("""{"a":"plain"}""", true)]
    [InlineData("""{"a":"\n\\ \/ \u0041"}""", true)]
    [InlineData("""{"a":"\ud83d\ude00"}""", true)]
    [InlineData("""{"a":"\uD83D\uDE00\uD83D\uDE00"}""", true)]
    [InlineData("""{"a":"\\ud83d"}""", true)]
    [InlineData("""{"a":"\ud83d"}""", false)]
    [InlineData("""{"a":"\ude00"}""", false)]
    [InlineData("""{"a":"\ude00\ud83d"}""", false)]
    [InlineData("""{"a":"\ud83d\ud83d\ude00"}""", false)]
    [InlineData("""{"a":"\ud83d ","b":"\ude00"}""", false)]
    [InlineData("""{"\ud83d":1}""", false)]
    [InlineData("""{"a":"\\\ud83d"}""", false)]
    public void Half_a_pair_is_no_text(string json, bool isWhole) => Assert.Equal(isWhole, EscapedText.IsWhole(Encoding.UTF8.GetBytes(json)));
}
