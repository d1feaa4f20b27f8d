using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Host.Mcp;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hypergate.Tests.Host.Mcp;

public sealed class MessageWriterTests
{
    public static TheoryData<string> Texts => ["", "one", "a\nb", "\n\n", "a \"b\" \\ c\n\td", "é ü – 💾\nz", "ends\n", "\u0001\u007f"];

    [Theory]
    [MemberData(nameof(Texts))]
    public void An_answer_is_the_one_that_was_kept_on_one_line(string text)
    {
        var answer = new CallToolResult { Content = [new TextContentBlock { Text = text }], StructuredContent = JsonElement.Parse("{\n  \"a\": \"é\\u00e9\"\n}") };

        var line = Write(answer, new RequestId("s"));

        Assert.Equal(1, line.Count(static c => c == '\n'));
        var read = JsonElement.Parse(line);
        Assert.Equal("s", read.GetProperty("id").GetString());
        Assert.True(JsonElement.DeepEquals(JsonSerializer.SerializeToElement(answer, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult))), Without(read.GetProperty("result"), "isError")));
    }

    [Fact]
    public void Several_blocks_and_the_words_of_other_layers_are_kept()
    {
        var answer = new CallToolResult { Content = [new TextContentBlock { Text = "a" }, ImageContentBlock.FromBytes(new byte[] { 1 }, "image/png")], IsError = true };

        var result = JsonElement.Parse(Write(answer, new RequestId(7), meta => meta["other"] = 1)).GetProperty("result");

        Assert.Equal(["text", "image"], result.GetProperty("content").EnumerateArray().Select(static block => block.GetProperty("type").GetString()));
        Assert.True(result.GetProperty("isError").GetBoolean());
        Assert.Equal("""{"other":1}""", result.GetProperty("_meta").GetRawText());
    }

    [Fact]
    public void An_error_of_no_request_has_the_id_null()
    {
        var error = new JsonRpcError { Id = default, Error = new JsonRpcErrorDetail { Code = -32600, Message = "none" } };

        var line = JsonElement.Parse(new MessageWriter(new DirectAnswers()).Write(error).ToArray());

        Assert.Equal(JsonValueKind.Null, line.GetProperty("id").ValueKind);
        Assert.Equal((-32600, "none"), (line.GetProperty("error").GetProperty("code").GetInt32(), line.GetProperty("error").GetProperty("message").GetString()));
    }

    private static string Write(CallToolResult answer, RequestId id, Action<JsonObject>? addition = null)
    {
        var answers = new DirectAnswers();
        var standIn = answers.Keep(answer, CancellationToken.None);
        addition?.Invoke(standIn.Meta!);
        var result = JsonSerializer.SerializeToNode(standIn, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult)));
        return Encoding.UTF8.GetString(new MessageWriter(answers).Write(new JsonRpcResponse { Id = id, Result = result }));
    }

    private static JsonElement Without(JsonElement result, string name) =>
        JsonSerializer.SerializeToElement(new JsonObject(result.EnumerateObject().Where(property => property.Name != name).Select(static property => KeyValuePair.Create(property.Name, JsonNode.Parse(property.Value.GetRawText())))));
}
