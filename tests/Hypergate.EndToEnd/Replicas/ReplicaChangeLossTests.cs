using System.Text.Json;
using Hypergate.EndToEnd.Harness;
using Hypergate.EndToEnd.Security;
using Hypergate.Simulator.Faults;
using Hypergate.Tests.Shared;

namespace Hypergate.EndToEnd.Replicas;

/// <summary>The database goes away between the request to the platform and its answer: what has happened is told and recorded, and happens once.</summary>
[Trait("Suite", "S21")]
[Trait("Rule", "R-AUDIT")]
public sealed class ReplicaChangeLossTests
{
    // So long the platform thinks, while the database goes.
    private static readonly TimeSpan Thought = TimeSpan.FromSeconds(4);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_under_way_is_told_as_it_ended_recorded_once_and_not_done_again(bool isSilent)
    {
        await using var own = new PostgresServer();
        await using var world = await ReplicaWorld.StartAsync(own);
        var start = $$"""{"operation":"StartVm","id":"{{(await world.HaltedAsync(1))[0]}}" """;
        var confirmed = $$"""{{start}},"confirm_token":"{{Answers.Token((await world.One.CallAsync("vms_action", $"{start}}}", world.Anna)).Message.Text)}}"}""";
        world.Xo.Faults.Add(new Fault { Path = "/vms/*/actions/start", Delay = Thought, Times = 1, Status = null });

        var changing = world.One.CallAsync("vms_action", confirmed, world.Anna);
        await Task.WhenAny(world.Xo.FirstWriteAsync(), changing);
        Assert.False(changing.IsCompleted, "It ended before the database could go.");
        await (isSilent ? own.SilenceAsync() : own.StopAsync());
        var told = await changing;
        var again = await world.Two.CallAsync("vms_action", confirmed, world.Anna);

        Assert.False(told.Message.IsToolError, told.Body);
        Assert.True(again.Message.IsToolError, again.Body);
        Assert.Contains("Nothing was sent", again.Message.Text, StringComparison.Ordinal);
        await (isSilent ? own.GoOnAsync() : own.StartAsync());
        await Until.TrueAsync(async () => (await EndsAsync(world)).Count > 0);
        var late = await world.Two.CallAsync("vms_action", confirmed, world.Anna);

        Assert.Contains("already used", late.Message.Text, StringComparison.Ordinal);
        Assert.Single(world.Xo.Writes);
        var end = Assert.Single(await EndsAsync(world));
        Assert.Equal("done", end.GetProperty("outcome").GetString());
        Assert.Contains("is whole", (await world.DoneAsync("audit", "verify")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_at_the_platform_is_told_as_one_also_when_it_cannot_be_recorded_at_once()
    {
        await using var own = new PostgresServer();
        await using var world = await ReplicaWorld.StartAsync(own);
        var tag = $$"""{"operation":"PutVmTag","id":"{{(await world.HaltedAsync(1))[0]}}","tag":"one"}""";
        world.Xo.Faults.Add(new Fault { Path = "/vms/*/tags/*", Delay = Thought, Times = 1, Status = 500, Body = """{"error":"disk on fire"}""" });

        var changing = world.One.CallAsync("vms_action", tag, world.Anna);
        await Task.WhenAny(world.Xo.FirstWriteAsync(), changing);
        await own.StopAsync();
        var told = await changing;
        await own.StartAsync();

        Assert.Contains("disk on fire", told.Message.Text, StringComparison.Ordinal);
        await Until.TrueAsync(async () => (await EndsAsync(world)).Count > 0);
        Assert.Equal("failed", Assert.Single(await EndsAsync(world)).GetProperty("outcome").GetString());
        Assert.Single(world.Xo.Writes);
    }

    private static async Task<IReadOnlyList<JsonElement>> EndsAsync(ReplicaWorld world)
    {
        var export = await world.RunAsync("audit", "export");
        return export.ExitCode != 0 ? [] : [.. export.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line)).Where(static record =>
            record.GetProperty("phase").ValueEquals("end") && record.TryGetProperty("outcome", out var outcome) && !outcome.ValueEquals("unconfirmed") && !outcome.ValueEquals("refused"))];
    }
}
