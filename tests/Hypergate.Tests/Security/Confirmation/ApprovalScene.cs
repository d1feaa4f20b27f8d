using System.Text.RegularExpressions;
using Hypergate.Governance;
using Hypergate.Governance.Confirmation.Approvals;
using Hypergate.Model;
using Hypergate.Tests.Host;
using Hypergate.Tools;

namespace Hypergate.Tests.Security.Confirmation;

/// <summary>Olga wants to change something, and others may agree to it.</summary>
internal static partial class ApprovalScene
{
    public static Caller Olga { get; } = new("key:olga", ["operator"]);

    public static Caller Bob { get; } = new("key:bob", ["admin"]);

    public static Caller Eve { get; } = new("key:eve", ["admin"]);

    public static Caller Carl { get; } = new("key:carl", ["admin"]);

    public static async Task<GatewayUnderTest> StartAsync(ConsentRule write, TimeProvider? time = null) => await GatewayUnderTest.StartAsync(
        GatewayWish.Acting with { Policy = new PolicySettings { Confirmation = new() { Write = write } }, Time = time ?? TimeProvider.System });

    public static ApprovalDesk Desk(GatewayUnderTest gateway) => gateway.Gateway.Parts.State.Approvals;

    public static async Task<string> ArgumentsAsync(GatewayUnderTest gateway) => $$"""{"operation":"PutVmTag","id":"{{await gateway.VmAsync("Halted")}}","tag":"one"}""";

    /// <summary>A call that waits for others.</summary>
    public static async Task<(string Arguments, string Id)> RequestAsync(GatewayUnderTest gateway, Caller caller)
    {
        var arguments = await ArgumentsAsync(gateway);
        var waiting = (await gateway.CallAsAsync(caller, "vms_action", arguments))!;
        Assert.Contains("## Waiting for approval", waiting.Text, StringComparison.Ordinal);
        return (arguments, GatewayUnderTest.Token(waiting.Text));
    }

    /// <summary>The same call with the id of its request.</summary>
    public static async Task<ToolResult> AskAsync(GatewayUnderTest gateway, Caller caller, string arguments, string id) =>
        (await gateway.CallAsAsync(caller, "vms_action", GatewayUnderTest.WithToken(arguments, id)))!;

    [GeneratedRegex("ap_[0-9a-f]+", RegexOptions.None, 1_000)]
    public static partial Regex IdIn();
}
