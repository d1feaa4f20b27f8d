using System.Globalization;
using System.Net;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.DenialOfService;

/// <summary>What a platform, or the description of one, can do to the gateway that asks it; each gives the answers that the caller gets.</summary>
internal sealed class PlatformAttacks(AttackedWorld world)
{
    public Task<string> RunAsync(string attack) => attack switch
    {
        "big body" => CallAsync("api", "Get-big"),
        "deep JSON" => CallAsync("api", "Get-deep"),
        "many headers" => CallAsync("api", "Get-headers"),
        "slow headers" => CallAsync("api", "Get-slow-headers"),
        "slow reader" => CallAsync("api", "Upload", $$"""{"body":{"text":"{{new string('x', 3 * 1024 * 1024)}}"} }"""),
        "gzip bomb" => CallAsync("api", "Get-bomb"),
        "endless paging" => PagesAsync(),
        "cyclic $ref" => CallAsync("cyclic", "Good"),
        "YAML aliases" => CallAsync("aliases", "Good"),
        "catastrophic pattern" => CallAsync("api", "Matched", $$"""{"text":"{{new string('a', 60)}}!"}"""),
        "jq loop" => LoopsAsync(),
        _ => HangAsync(),
    };

    private async Task<string> CallAsync(string backend, string operation, string arguments = "{}") => TextOf(await world.CallAsync(backend, operation, arguments));

    private async Task<string> PagesAsync()
    {
        var text = await CallAsync("paged", "pages");
        return $"{text}\nasked {world.Platform.Asked["/pages"].ToString(CultureInfo.InvariantCulture)} times";
    }

    private async Task<string> LoopsAsync() => $"{await CallAsync("paged", "loop")}\n{await CallAsync("paged", "flood")}";

    // It takes every connection and answers none.
    private async Task<string> HangAsync()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => world.CallAsync("api", "Get-hang")));
        return string.Join('\n', replies.Select(static reply => reply.Status == HttpStatusCode.OK ? TextOf(reply) : $"{reply.Status}").Distinct());
    }

    private static string TextOf(McpReply reply) => reply.Message.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;
}
