using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Confirmation;
using Hypergate.Governance.State;
using Hypergate.Model;
using Hypergate.Tests.Catalog;

namespace Hypergate.Tests.Security.Confirmation;

/// <summary>What waits is bounded, and who fills the bound loses his own.</summary>
[Trait("Suite", "S15")]
public sealed class CrowdTests
{
    private const int Crowd = 1_200;

    [Fact]
    public async Task Nobody_pushes_out_the_consents_that_others_wait_for()
    {
        var tokens = new ConsentTokens(new MemoryStateStore(), static () => new byte[32], TimeProvider.System);
        var mine = await IssueAsync(tokens, "anna");
        var first = await IssueAsync(tokens, "mallory");
        for (var count = 0; count < Crowd; count++)
        {
            await IssueAsync(tokens, "mallory");
        }

        Assert.Equal("shown", (await tokens.RedeemAsync(mine, CallOf("anna"), TestContext.Current.CancellationToken)).Fingerprint);
        Assert.NotNull((await tokens.RedeemAsync(first, CallOf("mallory"), TestContext.Current.CancellationToken)).Problem);
    }

    private static Task<string> IssueAsync(ConsentTokens tokens, string caller) => tokens.IssueAsync(CallOf(caller), "shown", null, TestContext.Current.CancellationToken);

    private static Call CallOf(string caller) => new()
    {
        Backend = "xo",
        Operation = Catalogs.Operation("StartVm"),
        Caller = new Caller(caller, [Roles.All[0]]),
        Arguments = JsonElement.Parse("""{"id":"1"}"""),
    };
}
