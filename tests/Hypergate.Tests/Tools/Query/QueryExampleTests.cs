using System.Text.Json;

namespace Hypergate.Tests.Tools.Query;

/// <summary>What people ask, in both forms, with the rows that answer it.</summary>
public class QueryExampleTests
{
    private readonly QueryWorld _world = QueryWorld.Filled();

    [Theory]
    [InlineData(
        """{"from":"guests","select":["name","node"],"orderBy":[{"field":"memory_usage","direction":"desc"}],"limit":5}""",
        "SELECT name, node FROM guests ORDER BY memory_usage DESC LIMIT 5",
        "db01 pve02", "web01 pve01", "web02 pve01", "test pve01", "old pve02")]
    [InlineData(
        """{"from":"guests","select":["node","status","COUNT(vmid) as vms"],"where":{"logic":"and","conditions":[{"field":"backend","operator":"=","value":["prod"]}]},"groupBy":["node","status"],"orderBy":[{"field":"node","direction":"asc"}],"limit":10,"offset":0}""",
        "SELECT node, status, COUNT(vmid) AS vms FROM guests WHERE backend = 'prod' GROUP BY node, status ORDER BY node",
        "pve01 running 2", "pve02 running 1", "pve02 stopped 1")]
    [InlineData(
        """{"from":"storages","select":["name","usage_percent"],"where":{"conditions":[{"field":"usagepercent","operator":">","value":[80]},{"field":"counted","operator":"=","value":true}]},"orderBy":[{"field":"usage_percent","direction":"desc"}]}""",
        "SELECT name, usage_percent FROM storages WHERE usage_percent > 80 AND counted ORDER BY usage_percent DESC",
        "ceph 90", "local 85")]
    [InlineData(
        """{"from":"snapshots","select":["backend","name"],"where":{"field":"created","operator":"<","value":["now-30d"]},"orderBy":[{"field":"created"}]}""",
        "SELECT backend, name FROM snapshots WHERE created < now-30d ORDER BY created",
        "xo ancient", "prod before-upgrade")]
    [InlineData(
        """{"from":"guests","select":["guests.name","MAX(backups.created) as last"],"join":[{"table":"backups","on":[{"left":"guests.id","right":"backups.guest_id"}],"type":"left"}],"where":{"field":"guests.backend","operator":"=","value":["prod"]},"groupBy":["guests.name"],"having":{"logic":"or","conditions":[{"field":"last","operator":"ISNULL"},{"field":"last","operator":"<","value":["now-7d"]}]},"orderBy":[{"field":"guests.name"}]}""",
        "SELECT g.name, MAX(b.created) AS last FROM guests g LEFT JOIN backups b ON b.guest_id = g.id WHERE g.backend = 'prod' GROUP BY g.name HAVING last IS NULL OR MAX(b.created) < now-7d ORDER BY g.name",
        "db01 -", "old -", "web02 2025-12-22T00:00:00Z")]
    [InlineData(
        """{"from":"tasks","select":["user","COUNT(*) as failed"],"where":{"conditions":[{"field":"status","operator":"=","value":["error"]},{"field":"started","operator":">=","value":["now-24h"]}]},"groupBy":["user"],"orderBy":[{"field":"failed","direction":"desc"}]}""",
        "SELECT user, COUNT(*) AS failed FROM tasks WHERE status = 'error' AND started >= now-24h GROUP BY user ORDER BY failed DESC",
        "root@pam 2", "ops@pve 1")]
    [InlineData(
        """{"from":"tasks","select":["user","started"],"where":{"conditions":[{"field":"status","operator":"=","value":["error"]}]},"orderBy":[{"field":"started","direction":"desc"}],"limit":2}""",
        "SELECT user, started FROM tasks WHERE status = 'error' ORDER BY started DESC LIMIT 2",
        "root@pam 2025-12-31T22:00:00Z", "root@pam 2025-12-31T19:00:00Z")]
    [InlineData(
        """{"from":"guests","select":["guests.name","guests.node","guest_configs.os_type"],"join":[{"table":"guest_configs","on":[{"left":"guests.vmid","right":"guest_configs.vmid"}],"type":"left"}],"where":{"field":"guests.memory_usage","operator":">","value":["4 GiB"]},"orderBy":[{"field":"guests.memory_usage","direction":"desc"}],"limit":5}""",
        "SELECT g.name, g.node, c.os_type FROM guests g LEFT JOIN guest_configs c ON g.vmid = c.vmid WHERE g.memory_usage > '4 GiB' ORDER BY g.memory_usage DESC LIMIT 5",
        "db01 pve02 l26", "web01 pve01 -")]
    [InlineData(
        """{"from":"disks","select":["storage","SUM(size) as allocated"],"where":{"field":"is_cdrom","operator":"=","value":false},"groupBy":["storage"],"orderBy":[{"field":"allocated","direction":"desc"}]}""",
        "SELECT storage, SUM(size) AS allocated FROM disks WHERE NOT is_cdrom GROUP BY storage ORDER BY allocated DESC",
        "ceph 103079215104", "local 17179869184")]
    [InlineData(
        """{"from":"guests","select":["name"],"where":{"field":"memory_usage_percent","operator":">","value":["90"]},"orderBy":[{"field":"name"}]}""",
        "SELECT name FROM guests WHERE memory_usage_percent > 90 ORDER BY name",
        "db01", "web01")]
    [InlineData(
        """{"from":"nodes","select":["version","COUNT(*)"],"groupBy":["version"],"orderBy":[{"field":"version"}]}""",
        "SELECT version, COUNT(*) FROM nodes GROUP BY version ORDER BY version",
        "8.3.0 1", "9.1.4 1", "9.2.1 2")]
    [InlineData(
        """{"from":"guests","select":["name"],"where":{"conditions":[{"field":"status","operator":"=","value":["running"]},{"field":"CpuUsagePercentage","operator":">","value":[70]}]},"orderBy":[{"field":"name"}]}""",
        "SELECT name FROM vms WHERE status = 'RUNNING' AND cpu_usage_percent > 70 ORDER BY name",
        "db01", "web01")]
    [InlineData(
        """{"from":"guests","select":["guests.node","nodes.version","COUNT(*) as vms"],"join":[{"table":"nodes","on":[{"left":"guests.node","right":"nodes.name"}],"type":"left"}],"where":{"logic":"and","conditions":[{"field":"guests.status","operator":"=","value":["running"]},{"logic":"or","conditions":[{"field":"guests.tags","operator":"CONTAINS","value":["prod"]},{"field":"guests.memory_usage_percent","operator":">","value":80}]}]},"groupBy":["guests.node","nodes.version"],"having":{"conditions":[{"field":"vms","operator":">=","value":2}]},"distinct":false,"limit":10,"offset":0}""",
        "SELECT guests.node, nodes.version, COUNT(*) AS vms FROM guests LEFT JOIN nodes ON guests.node = nodes.name WHERE guests.status = 'running' AND (guests.tags CONTAINS 'prod' OR guests.memory_usage_percent > 80) GROUP BY guests.node, nodes.version HAVING vms >= 2 LIMIT 10",
        "pve01 9.2.1 2")]
    public async Task Both_forms_of_a_question_give_its_answer(string json, string text, params string[] rows)
    {
        Assert.Equal(rows, await _world.RowsAsync(json));
        Assert.Equal(rows, await _world.RowsAsync(text));
    }

    [Fact]
    public async Task A_join_stays_within_a_backend_though_names_repeat()
    {
        var rows = await _world.RowsAsync("SELECT g.name, n.status FROM guests g JOIN nodes n ON g.node = n.name WHERE g.name IN ('test', 'web01') ORDER BY g.name");

        Assert.Equal(["test offline", "web01 online"], rows);
    }

    [Theory]
    [InlineData("SELECT a.name, b.backend FROM nodes a JOIN nodes b ON a.name = b.name AND a.backend != b.backend ORDER BY b.backend", "pve01 lab", "pve01 prod")]
    [InlineData("SELECT a.name, b.backend FROM nodes a JOIN nodes b ON a.name = b.name WHERE a.backend = 'prod' AND b.backend = 'lab'", "pve01 lab")]
    [InlineData("""{"from":"nodes","select":["nodes.name","other.backend"],"join":[{"table":"nodes","alias":"other","on":[{"left":"nodes.name","right":"other.name"},{"left":"nodes.backend","right":"other.backend","operator":"!="}]}],"where":{"field":"nodes.backend","operator":"=","value":"prod"}}""", "pve01 lab")]
    public async Task Naming_backends_joins_across_them(string query, params string[] rows) => Assert.Equal(rows, await _world.RowsAsync(query));

    [Fact]
    public async Task The_foreign_key_form_of_a_join_works()
    {
        var rows = await _world.RowsAsync("""{"from":"disks","select":["key","guests.name"],"join":[{"table":"guests","foreignKey":"vmid","primaryKey":"vmid"}],"where":{"field":"disks.storage","operator":"=","value":["local"]}}""");

        Assert.Equal(["scsi0 web02"], rows);
    }

    [Fact]
    public async Task Missing_values_meet_no_operator_but_ISNULL_and_the_answer_says_so()
    {
        var answer = await _world.AskAsync("SELECT name FROM guests WHERE cpu_usage_percent != 85 ORDER BY name");

        Assert.Equal(["web01", "web02"], await _world.RowsAsync("SELECT name FROM guests WHERE NOT (cpu_usage_percent = 85) ORDER BY name"));
        Assert.Contains("3 rows left out because a value is missing", answer.Note, StringComparison.Ordinal);
        Assert.Equal(["app", "old", "test"], await _world.RowsAsync("SELECT name FROM guests WHERE cpu_usage_percent IS NULL ORDER BY name"));
    }

    [Fact]
    public async Task Without_select_the_default_columns_are_shown()
    {
        var answer = await _world.AskAsync("""{"from":"node"}""");

        Assert.StartsWith("""{"data":{"headers":["backend","name","status","cpu_usage_percent","memory_usage_percent","guests_running","version"],"rows":[["lab","pve01",""", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_of_the_same_name_are_told_apart()
    {
        var answer = await _world.AskAsync("SELECT guests.name, nodes.name, guests.status AS state FROM guests JOIN nodes ON guests.node = nodes.name LIMIT 1", "Csv");

        Assert.StartsWith("guests.name,nodes.name,state\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_of_zero_only_counts()
    {
        var answer = await _world.AskAsync("""{"from":"guests","limit":0}""");

        Assert.Equal(6, answer.Structured!.Value.GetProperty("total").GetInt32());
        Assert.Equal(0, answer.Structured!.Value.GetProperty("returned").GetInt32());
    }

    [Theory]
    [InlineData("SELECT DISTINCT node FROM guests ORDER BY node", "pve01", "pve02", "xcp1")]
    [InlineData("SELECT COUNT(DISTINCT node) AS n, COUNT(vmid) AS v, COUNT(*) AS a FROM guests", "3 5 6")]
    [InlineData("SELECT COUNT(*), SUM(memory_usage), AVG(cpu_usage_percent) FROM guests WHERE name = 'nobody'", "0 - -")]
    [InlineData("SELECT AVG(cpu_usage_percent) AS cpu FROM guests", "56.3")]
    [InlineData("SELECT name FROM guests WHERE memory_max BETWEEN '4 GiB' AND '16G' ORDER BY name", "app", "old", "web01", "web02")]
    [InlineData("SELECT name FROM guests WHERE name LIKE 'WEB_%' ORDER BY name DESC", "web02", "web01")]
    [InlineData("SELECT name FROM guests WHERE name NOT LIKE '%0%' ORDER BY name", "app", "old", "test")]
    [InlineData("SELECT name FROM guests WHERE tags = 'db' OR tags IS NULL ORDER BY name", "db01", "test")]
    [InlineData("SELECT type, COUNT(*) c FROM guests GROUP BY type ORDER BY c DESC, type;", "qemu 5", "vm 1")]
    [InlineData("select status, count(*) from guests g where (g.backend in ('prod','lab')) group by status having count(*) > 1 order by count(*) desc", "running 3", "stopped 2")]
    [InlineData("SELECT \"name\" FROM snapshots WHERE age > '30d' AND age < 40000000 ORDER BY created DESC", "before-upgrade", "ancient")]
    public async Task Other_questions_are_answered(string query, params string[] rows) => Assert.Equal(rows, await _world.RowsAsync(query));

    [Fact]
    public async Task A_backend_that_fails_is_told_of_beside_the_rows_of_the_others()
    {
        _world.Tables.Failing["lab"] = "does not answer";
        var answer = await _world.AskAsync("SELECT name FROM guests");

        Assert.Equal(5, answer.Structured!.Value.GetProperty("total").GetInt32());
        Assert.Equal("warning: lab: does not answer", answer.Note);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap()
    {
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _world.AskAsync("SELECT name FROM guests ORDER BY status LIMIT 4", "Csv", cursor);
            names.AddRange(page.Text.Split('\n')[1..]);
            cursor = page.Structured!.Value.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
            Assert.Equal(cursor is null ? "2 of 6 rows" : $"4 of 6 rows; next: cursor={cursor}", page.Note);
        }
        while (cursor is not null);

        Assert.Equal(["app", "db01", "old", "test", "web01", "web02"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Arguments_may_be_the_parts_of_the_query_themselves_and_JSON_may_be_a_text()
    {
        var parts = await _world.RunAsync("execute_query", JsonElement.Parse("""{"from":"nodes","select":["name"],"format":"Csv","limit":1}"""));
        var text = await _world.RunAsync("execute_query", JsonElement.Parse("""{"query":"{\"from\":\"nodes\",\"select\":[\"name\"],\"limit\":1}","format":"csv"}"""));

        Assert.Equal("name\npve01", parts.Text);
        Assert.Equal(parts.Text, text.Text);
    }
}
