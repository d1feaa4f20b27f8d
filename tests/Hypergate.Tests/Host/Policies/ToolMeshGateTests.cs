using Hypergate.Host.Policies;

namespace Hypergate.Tests.Host.Policies;

/// <summary>What an operator who comes from ToolMesh is told of a gate file.</summary>
public sealed class ToolMeshGateTests
{
    [Fact]
    public void Each_property_that_differs_is_told_once_with_its_line()
    {
        var told = ToolMeshGate.Differences("""
            // ctx.user.plan in a comment is no use of it
            if (ctx.phase === 'pre') {
              if (ctx.user.callerClass === 'untrusted' && ctx.toolAccess !== 'read') throw new Error('no')
              if (ctx.rateLimitExceeded(10)) throw 'slow down'
              ctx.params.limit = Math.min(ctx.params.limit, 100)
              if (ctx["tool"].startsWith('github_') && ctx.user.roles.includes('dev')) ctx.unheard = 1
            } else {
              ctx.response.content[0].text = ''
            }
            """).ToList();

        Assert.Equal(
            [1, 2, 3, 3, 4, 5, 6, 6, 6, 8],
            told.Select(static line => int.Parse(line.Split(' ', ':')[1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Contains(told, static line => line.StartsWith("line 3: ctx.user.callerClass: there is none; give callers roles", StringComparison.Ordinal));
        Assert.Contains(told, static line => line.StartsWith("line 6: ctx.unheard: is not known here", StringComparison.Ordinal));
        Assert.Contains(told, static line => line.StartsWith("line 8: ctx.response: ctx.result", StringComparison.Ordinal));
    }

    [Fact]
    public void A_gate_that_is_written_for_here_differs_in_nothing() =>
        Assert.Empty(ToolMeshGate.Differences("""
            // gates/small-vms.js
            function (ctx) {
              if (ctx.access === 'dangerous' && !ctx.caller.roles.includes('admin')) throw 'no'
              if (ctx.args.body?.memory > 64 * 2 ** 30) throw `see https://example.org/rules for ${ctx.operation} on ${ctx.backend}`
            }
            """));

    [Fact]
    public void What_a_gate_cannot_reach_is_told() =>
        Assert.Contains("line 2: require: there is none in a gate; it has JavaScript itself and ctx", ToolMeshGate.Differences("(ctx) => {\n  const fs = require('fs')\n}"));
}
