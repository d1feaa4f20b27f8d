using System.Text.Json;
using Hypergate.Host.Mcp;

namespace Hypergate.Tests.Host.Mcp;

public sealed class ToolArgumentsTests
{
    [Theory]
    [InlineData("""{"a":"\ud800","b":{"\udfff":1}}""")]
    [InlineData("""{"a":12345678901234567890.10,"b":[null,true,"é"]}""")]
    public void Arguments_reach_their_tool_as_they_came(string arguments) =>
        Assert.Equal(arguments, ToolArguments.ToElement(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments)).GetRawText());

    [Fact]
    public void None_are_an_empty_object() => Assert.Equal("{}", ToolArguments.ToElement(null).GetRawText());
}
