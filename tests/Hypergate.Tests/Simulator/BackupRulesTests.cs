namespace Hypergate.Tests.Simulator;

public class BackupRulesTests
{
    private readonly RulesWorld _world = new();

    [Fact]
    public void Running_a_schedule_leaves_a_log_and_a_task()
    {
        var schedule = _world.Any("schedules", item => RulesWorld.Text(item, "name") == "nightly");
        var (logs, tasks) = (_world.Data["backup-logs"].Count, _world.Data["tasks"].Count);

        Assert.Null(_world.Run("POST /schedules/{id}/actions/run", RulesWorld.Id(schedule)));

        Assert.Equal(logs + 1, _world.Data["backup-logs"].Count);
        Assert.Equal(tasks + 1, _world.Data["tasks"].Count);
        var log = _world.Data["backup-logs"].All.Last();
        Assert.Equal(RulesWorld.Text(schedule, "jobId"), RulesWorld.Text(log, "jobId"));
        Assert.Equal(
            _world.Data["vms"].All.Count(vm => RulesWorld.Ids(vm, "tags").Contains("backup", StringComparer.Ordinal)),
            log["tasks"]!.AsArray().Count);
        Assert.NotEqual(0, _world.Run("GET /dashboard", "")!["backups"]!["vmsProtection"]!["protected"]!.GetValue<int>());
    }

    [Fact]
    public void Each_run_leaves_an_archive_of_each_vm_until_the_schedule_keeps_no_more()
    {
        var schedule = _world.AnyId("schedules", item => RulesWorld.Text(item, "name") == "weekly");
        var archives = _world.Data["backup-archives"];
        _world.Run("POST /schedules/{id}/actions/run", schedule);
        var vms = archives.Count;
        var first = archives.All.First()["id"]!.GetValue<string>();

        for (var run = 0; run < 4; run++)
        {
            _world.Run("POST /schedules/{id}/actions/run", schedule);
        }

        Assert.NotEqual(0, vms);
        Assert.Equal(4 * vms, archives.Count);
        Assert.Null(archives.Find(first));
        Assert.All(archives.All.GroupBy(static archive => archive["vm"]!["uuid"]!.GetValue<string>(), StringComparer.Ordinal), static one => Assert.Equal(4, one.Count()));
    }

    [Fact]
    public void Metadata_of_these_pools_cannot_be_saved_and_the_log_says_so()
    {
        var schedule = _world.AnyId("schedules", item => RulesWorld.Text(item, "name") == "metadata");

        Assert.Equal(500, _world.Fails("POST /schedules/{id}/actions/run", schedule).Status);

        Assert.Equal("failure", RulesWorld.Text(_world.Data["backup-logs"].All.Last(), "status"));
    }

    [Fact]
    public void A_repository_in_use_is_not_forgotten_and_a_new_one_is()
    {
        Assert.Equal(403, _world.Fails("POST /backup-repositories/{id}/actions/forget", _world.AnyId("backup-repositories")).Status);
        var id = _world.Make("POST /backup-repositories", "", """{"name": "offsite", "url": "nfs://10.0.1.9:/export"}""");
        Assert.True(_world.Run("GET /backup-repositories/{id}/health", id)!["success"]!.GetValue<bool>());
        Assert.True(_world.Run("POST /backup-repositories/{id}/actions/benchmark", id)!["success"]!.GetValue<bool>());
        Assert.Single(_world.Find("backup-repositories", id)["benchmarks"]!.AsArray());

        _world.Run("PATCH /backup-repositories/{id}", id, """{"enabled": false, "options": "vers=4"}""");

        Assert.Equal(502, _world.Fails("POST /backup-repositories/{id}/actions/benchmark", id).Status);
        Assert.Null(_world.Run("POST /backup-repositories/{id}/actions/forget", id));
    }
}
