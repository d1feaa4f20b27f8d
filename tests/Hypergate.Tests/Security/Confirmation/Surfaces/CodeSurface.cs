using System.Text.Json;
using Hypergate.Model;
using Hypergate.Tests.Host;
using Hypergate.Tests.Tools.Code;

namespace Hypergate.Tests.Security.Confirmation.Surfaces;

/// <summary>A script whose run waits at the change, and goes on with its token.</summary>
internal sealed class CodeSurface(GatewayUnderTest gateway) : ConsentSurface(gateway)
{
    private const string Tool = "execute_code";

    public override async Task<GivenConsent> AgreeAsync(ChangeWish wish)
    {
        var (run, token) = await PausedAsync(Asker, Script(wish));
        return new(wish, token, run);
    }

    public override async Task<string> UseAsync(GivenConsent consent, ChangeWish wish, Caller caller)
    {
        // The token of one run for another one, whose change differs.
        var run = wish == consent.Wish ? consent.Run! : (await PausedAsync(caller, Script(wish))).Run;
        return await ResumedAsync(caller, run, consent.Token);
    }

    public override async Task<string> BatchAsync(ChangeWish first, ChangeWish second)
    {
        var (run, token) = await PausedAsync(Asker, Script(first) + Script(second));
        return await ResumedAsync(Asker, run, token) + await ResumedAsync(Asker, run, token);
    }

    public override async Task<string> UnattendedAsync(ChangeWish wish) => (await RunAsync(Asker, Tool, CodeGateway.Code(Script(wish)))).Text;

    public override async Task<string> DeclinedAsync(ChangeWish wish)
    {
        var said = (await RunAsync(Asker, Tool, CodeGateway.Code(Script(wish)), Answering(false))).Text + (await RunAsync(Asker, Tool, CodeGateway.Code(Script(wish)), Answering(null))).Text;
        foreach (var word in Words)
        {
            var (run, _) = await PausedAsync(Asker, Script(wish));
            said += await ResumedAsync(Asker, run, word);
            said += (await RunAsync(Asker, Tool, CodeGateway.Code(Script(wish with { Tag = word })), Answering(false))).Text;
        }

        return said + (await RunAsync(Asker, Tool, CodeGateway.Code(Script(wish, ", approved: true, confirm_token: 'approved'")), Answering(false))).Text;
    }

    private static string Script(ChangeWish wish, string more = "") =>
        $"await api.{wish.Backend}.{wish.Operation}({{ ...{JsonSerializer.Serialize(JsonElement.Parse($"{{{wish.Members}}}"))}{more} }});";

    private async Task<(string Run, string Token)> PausedAsync(Caller caller, string script)
    {
        var paused = (await RunAsync(caller, Tool, CodeGateway.Code(script))).Structured!.Value;
        Assert.True(paused.TryGetProperty("confirm_token", out var token), paused.GetRawText());
        return (paused.GetProperty("run").GetString()!, token.GetString()!);
    }

    private async Task<string> ResumedAsync(Caller caller, string run, string token) =>
        (await RunAsync(caller, Tool, $$"""{"resume":"{{run}}","confirm_token":"{{token}}"}""")).Text;
}
