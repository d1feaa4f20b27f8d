using Hypergate.Model;
using Hypergate.Scripting;
using Hypergate.Tests.Host;
using Hypergate.Tests.Tools.Code;

namespace Hypergate.Tests.Security.Sandbox;

/// <summary>Runs that wait for consent hold a worker each; they must not keep others from running scripts.</summary>
public sealed class WaitingRunsTests
{
    private const string Waiting = "const vm = (await api.GetVms({ limit: 1 }))[0]; await api.PutVmTag({ id: vm.id, tag: 'x' })";

    private static GatewayWish TwoWorkers { get; } = CodeGateway.Wish with { Scripting = new ScriptingSettings { Workers = 2 } };

    [Fact]
    public async Task Four_waiting_runs_of_one_caller_leave_room_for_another()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(TwoWorkers);
        for (var run = 0; run < 4; run++)
        {
            Assert.Equal("paused", await StatusAsync(gateway, "anna"));
        }

        var answers = await Task.WhenAll(RunAsync(gateway, "bob", "return 1"), RunAsync(gateway, "carl", "return 2"));

        Assert.All(answers, static answer => Assert.False(answer.IsError, answer.Text));
    }

    [Fact]
    public async Task Where_waiting_runs_hold_all_workers_the_oldest_of_whoever_has_most_makes_room()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(TwoWorkers);
        var first = await RunAsync(gateway, "anna", Waiting);
        foreach (var caller in (string[])["anna", "anna", "bob", "carl", "dora"])
        {
            Assert.Equal("paused", await StatusAsync(gateway, caller));
        }

        var answer = await RunAsync(gateway, "emil", "return 1");
        var late = await gateway.CallAsAsync(Named("anna"), "execute_code", $$"""{"resume":"{{Member(first, "run")}}","confirm_token":"{{Member(first, "confirm_token")}}"}""");

        Assert.False(answer.IsError, answer.Text);
        Assert.Contains("run_gone", late!.Text, StringComparison.Ordinal);
        Assert.Contains("others needed its place", late.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    private static async Task<string?> StatusAsync(GatewayUnderTest gateway, string caller) => Member(await RunAsync(gateway, caller, Waiting), "status");

    private static string? Member(Hypergate.Tools.ToolResult answer, string name) => answer.Structured!.Value.TryGetProperty(name, out var value) ? value.GetString() : answer.Text;

    private static async Task<Hypergate.Tools.ToolResult> RunAsync(GatewayUnderTest gateway, string caller, string code) =>
        (await gateway.CallAsAsync(Named(caller), "execute_code", CodeGateway.Code(code)))!;

    private static Caller Named(string name) => new(name, ["admin"]);
}
