using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Hypergate.EndToEnd.Harness;

/// <summary>Reads what tests look at in answers, from raw lines and from the client library.</summary>
internal static class Answers
{
    extension(JsonElement answer)
    {
        /// <summary>The text of a tool's result.</summary>
        public string Text => string.Concat(answer.GetProperty("result").GetProperty("content").EnumerateArray().Select(static block => block.GetProperty("text").GetString()));

        public JsonElement Data => answer.GetProperty("result").GetProperty("structuredContent");

        public bool IsToolError => answer.TryGetProperty("result", out var result) && result.TryGetProperty("isError", out var error) && error.GetBoolean();

        public int ErrorCode => answer.GetProperty("error").GetProperty("code").GetInt32();

        /// <summary>The names in the answer to <c>tools/list</c>.</summary>
        public IEnumerable<string> ToolNames => answer.GetProperty("result").GetProperty("tools").EnumerateArray().Select(static tool => tool.GetProperty("name").GetString()!);
    }

    extension(CallToolResult result)
    {
        public string Text => string.Concat(result.Content.OfType<TextContentBlock>().Select(static block => block.Text));
    }

    /// <summary>The token in a preview.</summary>
    public static string Token(string preview)
    {
        const string Label = "confirm_token: \"";
        var start = preview.IndexOf(Label, StringComparison.Ordinal);
        Assert.True(start >= 0, $"There is no token in: {preview}");
        start += Label.Length;
        return preview[start..preview.IndexOf('"', start)];
    }
}
