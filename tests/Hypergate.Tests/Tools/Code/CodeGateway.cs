using System.Text.Json;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Tests.Host;
using Hypergate.Tools;

namespace Hypergate.Tests.Tools.Code;

/// <summary>Words for tests of code mode.</summary>
internal static class CodeGateway
{
    public static GatewayWish Wish { get; } = new() { Actions = true, Surfaces = [Surface.Code] };

    public static string Code(string code, string more = "") => $$"""{"code":{{JsonSerializer.Serialize(code)}}{{more}}}""";

    extension(GatewayUnderTest gateway)
    {
        /// <summary>Runs a script and gives the whole answer.</summary>
        public async Task<JsonElement> RunAsync(string code, string more = "", Conversation? conversation = null)
        {
            var result = await gateway.CallAsync("execute_code", Code(code, more), conversation ?? Conversation.Silent);
            return result.Structured?.Value ?? JsonElement.Parse("{}");
        }

        /// <summary>Goes on with a run that waits.</summary>
        public async Task<JsonElement> ResumeAsync(JsonElement paused, string? token = null)
        {
            var result = await gateway.CallAsync("execute_code", $$"""{"resume":"{{paused.GetProperty("run").GetString()}}","confirm_token":"{{token ?? paused.GetProperty("confirm_token").GetString()}}"}""");
            return result.Structured?.Value ?? throw new InvalidOperationException(result.Text);
        }

        /// <summary>Runs a tool as another caller.</summary>
        public Task<ToolResult> CallAsAsync(Caller caller, string tool, string arguments) =>
            gateway.Tool(tool).Run(new ToolRequest(caller, JsonElement.Parse(arguments), Conversation.Silent), TestContext.Current.CancellationToken);
    }

    extension(JsonElement answer)
    {
        public string? ErrorCode => answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;

        public string Result => answer.TryGetProperty("result", out var result) ? result.GetRawText() : $"no result: {answer.GetRawText()}";

        public int Count(string list) => answer.TryGetProperty(list, out var items) ? items.GetArrayLength() : 0;
    }
}
