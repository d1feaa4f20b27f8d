using System.Text.Json;
using Hypergate.Tests.Host;
using Hypergate.Tools.Code;

namespace Hypergate.Tests.Tools.Code;

public sealed class ReadResultTests : IAsyncLifetime
{
    private GatewayUnderTest? _started;

    private GatewayUnderTest Gateway => _started!;

    public async ValueTask InitializeAsync() => _started = await GatewayUnderTest.StartAsync(CodeGateway.Wish);

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();

    [Fact]
    public async Task A_long_result_is_read_page_by_page_until_it_is_whole()
    {
        var answer = await Gateway.RunAsync("return Array.from({ length: 5000 }, (_, i) => ({ number: i, text: 'abcdefghij' }))");
        var (run, offset, numbers) = (answer.GetProperty("run").GetString(), (int?)0, new List<int>());
        Assert.Contains("read_result", answer.GetProperty("truncated").GetProperty("whole").GetString(), StringComparison.Ordinal);
        while (offset is { } next)
        {
            var page = await Gateway.DoneAsync("read_result", $$"""{"run":"{{run}}","offset":{{next}}}""");
            Assert.InRange(page.Text.Length, 1, 25_000);
            numbers.AddRange(page.Structured!.Value.GetProperty("value").EnumerateArray().Select(static item => item.GetProperty("number").GetInt32()));
            offset = page.Structured.Value.TryGetProperty("next_offset", out var further) ? further.GetInt32() : null;
        }

        Assert.Equal(Enumerable.Range(0, 5000), numbers);
    }

    [Fact]
    public async Task A_long_text_within_a_result_is_read_in_parts_that_join()
    {
        var answer = await Gateway.RunAsync("return { list: [1, { text: 'x\\n\\u{1F600}'.repeat(30000) }] }");
        var (text, offset) = ("", (int?)0);
        while (offset is { } next)
        {
            var page = (await Gateway.DoneAsync("read_result", $$"""{"run":"{{answer.GetProperty("run").GetString()}}","path":"$.list[1].text","offset":{{next}}}""")).Structured!.Value;
            text += page.GetProperty("value").GetString();
            offset = page.TryGetProperty("next_offset", out var further) ? further.GetInt32() : null;
        }

        Assert.Equal(string.Concat(Enumerable.Repeat("x\n\U0001F600", 30000)), text);
    }

    [Theory]
    [InlineData("$", """{"a":[10,20,30],"b":{"odd name":true}}""")]
    [InlineData("$.a", "[10,20,30]")]
    [InlineData("a[1]", "20")]
    [InlineData("$.b[\"odd name\"]", "true")]
    [InlineData("$.a[3]", null)]
    [InlineData("$.a[-1]", null)]
    [InlineData("$.a.length", null)]
    [InlineData("$.a[", null)]
    [InlineData("$.b[\"odd", null)]
    [InlineData("$..a", null)]
    [InlineData("[]", null)]
    public void A_path_finds_what_is_there(string path, string? found) =>
        Assert.Equal(found, ResultPath.Find(JsonElement.Parse("""{"a":[10,20,30],"b":{"odd name":true}}"""), path)?.GetRawText());

    [Fact]
    public async Task A_result_is_its_callers_alone_and_wrong_questions_say_why()
    {
        var run = (await Gateway.RunAsync("return [1, 2, 3]")).GetProperty("run").GetString();

        Assert.Equal("[2]", (await Gateway.DoneAsync("read_result", $$"""{"run":"{{run}}","offset":1,"limit":1}""")).Structured!.Value.GetProperty("value").GetRawText());
        Assert.Contains("no result of a run", (await Gateway.CallAsAsync(new("other", ["admin"]), "read_result", $$"""{"run":"{{run}}"}"""))!.Text, StringComparison.Ordinal);
        Assert.Contains("nothing at '$.x'", (await Gateway.CallAsync("read_result", $$"""{"run":"{{run}}","path":"$.x"}""")).Text, StringComparison.Ordinal);
        Assert.True((await Gateway.CallAsync("read_result", "{}")).IsError);
        Assert.Equal(0, (await Gateway.DoneAsync("read_result", $$"""{"run":"{{run}}","offset":9}""")).Structured!.Value.GetProperty("shown").GetInt32());
    }
}
