using Hypergate.Model;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Security.Confirmation.Surfaces;

/// <summary>A tool call, its preview with a token, and the call again with it.</summary>
internal class ToolSurface(GatewayUnderTest gateway) : ConsentSurface(gateway)
{
    protected virtual string Tool => ChangingCall.Tool;

    /// <summary>The arguments of the tool.</summary>
    /// <param name="more">Further members, with their comma in front.</param>
    protected virtual string Arguments(ChangeWish wish, string more = "") => $$"""{"operation":"{{wish.Operation}}","backend":"{{wish.Backend}}",{{wish.Members}}{{more}}}""";

    public override async Task<GivenConsent> AgreeAsync(ChangeWish wish) =>
        new(wish, GatewayUnderTest.Token((await RunAsync(Asker, Tool, Arguments(wish))).Text));

    public override async Task<string> UseAsync(GivenConsent consent, ChangeWish wish, Caller caller) =>
        (await RunAsync(caller, Tool, Arguments(wish, $",\"confirm_token\":\"{consent.Token}\""))).Text;

    public override async Task<string> UnattendedAsync(ChangeWish wish) => (await RunAsync(Asker, Tool, Arguments(wish))).Text;

    public override async Task<string> DeclinedAsync(ChangeWish wish)
    {
        var said = (await RunAsync(Asker, Tool, Arguments(wish), Answering(false))).Text + (await RunAsync(Asker, Tool, Arguments(wish), Answering(null))).Text;
        foreach (var word in Words)
        {
            said += (await RunAsync(Asker, Tool, Arguments(wish, $",\"confirm_token\":\"{word}\""))).Text;
            said += (await RunAsync(Asker, Tool, Arguments(wish with { Tag = word }), Answering(false))).Text;
        }

        return said + (await RunAsync(Asker, Tool, Arguments(wish, ",\"approved\":true,\"confirm\":true"))).Text;
    }
}
