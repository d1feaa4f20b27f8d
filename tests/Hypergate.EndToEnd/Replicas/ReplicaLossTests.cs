using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Hypergate.EndToEnd.Harness;
using Hypergate.EndToEnd.Security;
using Hypergate.Tests.Shared;

namespace Hypergate.EndToEnd.Replicas;

/// <summary>A replica or the database goes away: nothing that was said to be kept is lost, and nothing is changed unseen.</summary>
[Trait("Suite", "S10")]
[Trait("Rule", "R-AUDIT")]
public sealed class ReplicaLossTests(PostgresServer server)
{
    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_killed_replica_loses_no_approval_and_no_line_of_the_audit()
    {
        await using var world = await ReplicaWorld.StartAsync(server);
        var vm = (await world.HaltedAsync(1))[0];
        var delete = $$"""{"operation":"DeleteVm","id":"{{vm}}" """;
        var waiting = await world.One.CallAsync("vms_action", $"{delete}}}", world.Anna);
        var id = Answers.Token(waiting.Message.Text);
        var answered = await KillUnderLoadAsync(world);

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/approvals/{id}/approve");
        request.Headers.Add("X-API-Key", world.Berta);
        using var approved = await world.Two.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
        var done = await world.Two.CallAsync("vms_action", $$"""{{delete}},"confirm_token":"{{id}}"}""", world.Anna);

        Assert.False(done.Message.IsToolError, done.Body);
        Assert.Single(world.Xo.Writes);
        Assert.Contains("is whole", (await world.DoneAsync("audit", "verify")).Output, StringComparison.Ordinal);
        var audit = await world.AuditAsync();
        var recorded = audit.Select(static record => record.GetRawText()).ToList();
        Assert.NotEmpty(answered);
        Assert.All(answered, probe => Assert.Contains(recorded, line => line.Contains(probe, StringComparison.Ordinal)));
        Assert.Contains(audit, static record => record.GetProperty("operation").ValueEquals("approval.requested"));
        Assert.Contains(audit, static record => record.GetProperty("operation").ValueEquals("approval.approved"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_the_database_is_away_looking_goes_on_changes_are_refused_and_then_all_is_well_again(bool isSilent)
    {
        await using var own = new PostgresServer();
        await using var world = await ReplicaWorld.StartAsync(own);
        var vms = await world.HaltedAsync(2);
        await (isSilent ? own.SilenceAsync() : own.StopAsync());
        var away = Stopwatch.StartNew();

        foreach (var program in new[] { world.One, world.Two })
        {
            var tag = await program.CallAsync("vms_action", $$"""{"operation":"PutVmTag","id":"{{vms[0]}}","tag":"one"}""", world.Anna);
            var start = await program.CallAsync("vms_action", $$"""{"operation":"StartVm","id":"{{vms[0]}}"}""", world.Anna);
            var delete = await program.CallAsync("vms_action", $$"""{"operation":"DeleteVm","id":"{{vms[0]}}"}""", world.Anna);
            Assert.All([tag, start, delete], static reply => Assert.True(reply.Message.IsToolError, reply.Body));
            Assert.All([tag, start, delete], static reply => Assert.Contains("Nothing was sent", reply.Message.Text, StringComparison.Ordinal));
            for (var look = 0; look < 5; look++)
            {
                Assert.False((await program.CallAsync("vms_query", """{"operation":"GetVms","limit":1}""", world.Anna)).Message.IsToolError);
            }

            Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/healthz/ready")).StatusCode);
        }

        Assert.Empty(world.Xo.Writes);
        if (isSilent)
        {
            await LookForAsync(world, Absence - away.Elapsed);
        }

        await (isSilent ? own.GoOnAsync() : own.StartAsync());
        foreach (var (program, vm) in new[] { (world.One, vms[0]), (world.Two, vms[1]) })
        {
            await Until.TrueAsync(async () => !(await program.CallAsync("vms_action", $$"""{"operation":"PutVmTag","id":"{{vm}}","tag":"one"}""", world.Anna)).Message.IsToolError);
        }

        Assert.Equal(2, world.Xo.Writes.Count);
        Assert.Contains("is whole", (await world.DoneAsync("audit", "verify")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_database_a_replica_does_not_start_and_says_why()
    {
        using var folder = new ProgramFolder();
        var file = folder.Write("gateway.yaml", """
            backends: [{ name: xo, kind: xen-orchestra, url: "http://127.0.0.1:9", auth: { token: nothing-here } }]
            state: postgres
            postgres: { connection: "postgres://hypergate:topsecret@127.0.0.1:1/gate", key: "0123456789abcdef0123456789abcdef" }
            """);

        var run = await CommandRun.OfAsync(folder, [], "--config", file, "serve", "--listen", "127.0.0.1:0");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("The database gate at 127.0.0.1:1 does not answer", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", run.Error + run.Output, StringComparison.Ordinal);
        Assert.Contains("State: The database gate at 127.0.0.1:1 does not answer", (await CommandRun.OfAsync(folder, [], "--config", file, "check")).Output, StringComparison.Ordinal);
    }

    // Each look is answered within what a person would wait, as long as the absence lasts.
    private static async Task LookForAsync(ReplicaWorld world, TimeSpan left)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < left;)
        {
            var look = Stopwatch.StartNew();
            Assert.False((await world.One.CallAsync("vms_query", """{"operation":"GetVms","limit":1}""", world.Anna)).Message.IsToolError);
            Assert.True(look.Elapsed < TimeSpan.FromSeconds(10), $"A look took {look.Elapsed}.");
            await Task.Delay(TimeSpan.FromMilliseconds(250), TestContext.Current.CancellationToken);
        }
    }

    // Gives what the replica has answered before it died.
    private static async Task<IReadOnlyList<string>> KillUnderLoadAsync(ReplicaWorld world)
    {
        var answered = new List<string>();
        var (enough, dead) = (new TaskCompletionSource(), new TaskCompletionSource());
        async Task AskAsync(int asker)
        {
            for (var number = 0; !dead.Task.IsCompleted; number++)
            {
                var probe = $"probe-{asker}-{number}-end";
                try
                {
                    var reply = await world.One.CallAsync("vms_query", $$"""{"operation":"GetVms","limit":1,"filter":"name_label:{{probe}}"}""", world.Anna);
                    Assert.False(reply.Message.IsToolError, reply.Body);
                    lock (answered)
                    {
                        answered.Add(probe);
                        if (answered.Count > 100)
                        {
                            enough.TrySetResult();
                        }
                    }
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
                {
                    return; // It was killed before the whole answer was there.
                }
            }
        }

        var asking = Enumerable.Range(0, 8).Select(AskAsync).ToList();
        await Task.WhenAny(enough.Task, Task.WhenAll(asking));
        await world.One.KillAsync();
        dead.SetResult();
        await Task.WhenAll(asking);
        return answered;
    }
}
