using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Limits;
using Hypergate.Model;
using Hypergate.Scripting;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Code;

/// <summary>What one script may use: by the settings, less by roles, and named where it is met.</summary>
public sealed class CodeLimitTests
{
    private const string Deep = "const f = n => f(n + 1) + 1; return f(0)";

    [Theory]
    [InlineData(Deep, "stack_overflow", "16 kB of stack (scripting.limits.stackKilobytes)")]
    [InlineData("const a = []; for (;;) a.push('x'.repeat(1000) + a.length)", "memory_limit", "16 MB (scripting.limits.memoryMegabytes)")]
    [InlineData("for (let i = 0; i < 5; i++) await api.GetPools()", "call_limit", "more than 3 calls (scripting.limits.calls)")]
    [InlineData("await api.GetVms({ fields: 'x'.repeat(3000) })", "invalid_input", "longer than 2 kB (scripting.limits.argumentKilobytes)")]
    [InlineData("await api.GetVms({ fields: '*', limit: 3000 })", "too_large", "more than 1 MB (scripting.limits.resultMegabytes)")]
    public async Task Each_limit_of_the_settings_is_named_with_its_value(string code, string expected, string words)
    {
        var limits = new ScriptLimits { CodeKilobytes = 2, ArgumentKilobytes = 2, ResultMegabytes = 1, Calls = 3, StackKilobytes = 16, MemoryMegabytes = 16 };
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Scripting = new() { Limits = limits }, Platform = CodeGateway.Wish.Platform with { Vms = 2_000 } });

        var answer = await gateway.RunAsync(code);

        Assert.Equal(expected, answer.ErrorCode);
        Assert.Contains(words, answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("return 1 // 0123456789", "code_too_large", "longer than 1 kB (scripting.limits.codeKilobytes)")]
    [InlineData("while (true) {}", "cpu_limit", "1000 ms (scripting.limits.cpuSeconds)")]
    [InlineData("await hypergate.pause(9000)", "timeout", "more than 1 s (scripting.limits.seconds)")]
    public async Task So_are_those_of_length_and_time(string code, string expected, string words)
    {
        var limits = new ScriptLimits { CodeKilobytes = 1, CpuSeconds = 1, Seconds = expected == "timeout" ? 1 : 120 };
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Scripting = new() { Limits = limits } });

        var answer = await gateway.RunAsync(expected == "code_too_large" ? code + new string('x', 1024) : code);

        Assert.Equal(expected, answer.ErrorCode);
        Assert.Contains(words, answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_lower_them_for_their_callers_and_never_raise_them()
    {
        var roles = new Dictionary<string, RoleSettings>(StringComparer.Ordinal)
        {
            ["small"] = new() { Allow = [new()], Script = new ScriptAllowance { Calls = 1, StackKilobytes = 16, Seconds = 9 } },
            ["large"] = new() { Allow = [new()], Script = new ScriptAllowance { Calls = 200 } },
        };
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Roles = roles, Scripting = new() { Limits = new() { Calls = 3 } } });

        Assert.Contains("more than 1 calls (scripting.limits.calls, or script.calls of a role)", await RunAsync(gateway, "await api.GetPools(); await api.GetPools()", "small"), StringComparison.Ordinal);
        Assert.Contains("16 kB of stack", await RunAsync(gateway, Deep, "small"), StringComparison.Ordinal);
        Assert.Contains("more than 3 calls", await RunAsync(gateway, "for (;;) await api.GetPools()", "large"), StringComparison.Ordinal);
        Assert.Contains("more than 1 calls", await RunAsync(gateway, "await api.GetPools(); await api.GetPools()", "large", "small"), StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(GatewayUnderTest gateway, string code, params string[] roles)
    {
        var caller = new Caller("anna", roles);
        var tool = gateway.Gateway.Build(Audience.Of(caller)).Single(static tool => tool.Name == "execute_code");
        return (await tool.Run(new(caller, JsonElement.Parse(CodeGateway.Code(code)), Conversation.Silent), TestContext.Current.CancellationToken)).Text;
    }
}
