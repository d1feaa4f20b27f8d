using System.Text.Json;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd;

/// <summary>One gateway over stdio in front of a Xen Orchestra and two Proxmox VE clusters, each in a process of its own.</summary>
public sealed class FleetTests : IDisposable
{
    // The second node of the cluster lab does not answer.
    private const string Unreachable = "pve2";

    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Guests_of_all_backends_come_in_one_list_and_each_platform_takes_a_confirmed_change()
    {
        await using var fleet = await SimulatedFleet.StartAsync(_folder, "--xo", "0", "--vms", "40", "--pve", "0,0");
        await using var session = await StartAsync(fleet.Backends);

        var all = await RowsAsync(session, "list_vms", """{"limit":1000,"fields":["backend","id","status","lock","ha_state"]}""");
        Assert.Equal(["lab", "prod", "xo"], all.Select(static guest => Of(guest, "backend")!).Distinct().Order(StringComparer.Ordinal));

        foreach (var backend in (string[])["xo", "prod", "lab"])
        {
            var guest = all.First(candidate => Of(candidate, "backend") == backend && Of(candidate, "status") == "stopped" && Of(candidate, "lock") is null && Of(candidate, "ha_state") is (null or ""));
            var arguments = $$"""{"vmid":"{{Of(guest, "id")}}","backend":"{{backend}}","action":"Start"}""";
            var preview = await session.CallAsync("change_vm_state", arguments);
            Assert.Equal("stopped", await StatusAsync(session, backend, Of(guest, "id")!));
            var done = await session.CallAsync("change_vm_state", $$"""{{arguments[..^1]}},"confirm_token":"{{Answers.Token(preview.Text)}}"}""");

            Assert.False(done.IsToolError, done.Text);
            Assert.Equal(("stopped", "running"), (Of(done.Data, "status_before"), Of(done.Data, "status_after")));
            Assert.Equal("running", await StatusAsync(session, backend, Of(guest, "id")!));
        }
    }

    [Fact]
    public async Task A_query_joins_and_groups_over_all_backends()
    {
        await using var fleet = await SimulatedFleet.StartAsync(_folder, "--xo", "0", "--vms", "40", "--pve", "0,0");
        await using var session = await StartAsync(fleet.Backends);
        var running = (await RowsAsync(session, "list_vms", """{"limit":1000,"status":"running","fields":["backend","node"]}""")).Where(static guest => Of(guest, "node") is not null).ToList();

        const string Query = "SELECT g.backend, n.name, n.version, COUNT(*) AS running FROM guests g JOIN nodes n ON g.node = n.name WHERE g.status = 'running' GROUP BY g.backend, n.name, n.version ORDER BY g.backend, n.name LIMIT 100";
        var text = await session.CallAsync("execute_query", $$"""{"query":"{{Query}}"}""");
        var json = await session.CallAsync(
            "execute_query",
            """{"query":{"from":"guests","select":["guests.backend","COUNT(*) as running"],"join":[{"table":"nodes","on":[{"left":"guests.node","right":"nodes.name"}]}],"where":{"conditions":[{"field":"guests.status","operator":"=","value":["running"]}]},"groupBy":["guests.backend"],"orderBy":[{"field":"guests.backend"}]}}""");

        Assert.False(text.IsToolError, text.Text);
        Assert.False(json.IsToolError, json.Text);
        var expected = running.GroupBy(static guest => Of(guest, "backend")).OrderBy(static group => group.Key, StringComparer.Ordinal).Select(static group => $"{group.Key} {group.Count()}").ToList();
        Assert.Equal(["lab", "prod", "xo"], expected.Select(static line => line.Split(' ')[0]));
        Assert.Equal(expected, json.Data.GetProperty("rows").EnumerateArray().Select(static row => $"{Of(row, "backend")} {row.GetProperty("running").GetInt32()}"));
        Assert.Equal(running.Count, text.Data.GetProperty("rows").EnumerateArray().Sum(static row => row.GetProperty("running").GetInt32()));
        Assert.All(text.Data.GetProperty("rows").EnumerateArray().Where(static row => Of(row, "name") != Unreachable), static row => Assert.NotNull(Of(row, "version")));
    }

    [Fact]
    public async Task A_backend_that_dies_is_told_of_beside_the_rows_of_the_others()
    {
        await using var clusters = await SimulatedFleet.StartAsync(_folder, "--pve", "0,0");
        await using var orchestra = await SimulatedFleet.StartAsync(_folder, "--xo", "0", "--vms", "40");
        await using var session = await StartAsync(orchestra.Backends + clusters.Backends);
        await RowsAsync(session, "list_nodes", "{}");
        await orchestra.StopAsync();

        var list = await session.CallAsync("list_vms", """{"limit":1000}""");
        var query = await session.CallAsync("execute_query", """{"query":"SELECT backend, COUNT(*) AS guests FROM guests GROUP BY backend ORDER BY backend"}""");
        var named = await session.CallAsync("list_vms", """{"backend":"xo"}""");

        Assert.False(list.IsToolError, list.Text);
        Assert.Equal(["lab", "prod"], list.Data.GetProperty("rows").EnumerateArray().Select(static guest => Of(guest, "backend")!).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(Warnings(list), static warning => warning.StartsWith("xo: ", StringComparison.Ordinal));
        Assert.Contains("warning: xo: ", list.Text, StringComparison.Ordinal);
        Assert.Equal(["lab", "prod"], query.Data.GetProperty("rows").EnumerateArray().Select(static row => Of(row, "backend")!));
        Assert.Contains(Warnings(query), static warning => warning.StartsWith("xo: ", StringComparison.Ordinal));
        Assert.True(named.IsToolError, named.Text);
    }

    private async Task<StdioSession> StartAsync(string backends)
    {
        var session = StdioSession.StartWithFile(_folder, $"backends:\n{backends}");
        await session.InitializeAsync();
        return session;
    }

    private static async Task<IReadOnlyList<JsonElement>> RowsAsync(StdioSession session, string tool, string arguments)
    {
        var answer = await session.CallAsync(tool, arguments);
        Assert.False(answer.IsToolError, answer.Text);
        Assert.Empty(Warnings(answer));
        return [.. answer.Data.GetProperty("rows").EnumerateArray()];
    }

    private static async Task<string?> StatusAsync(StdioSession session, string backend, string id) => Of(
        (await RowsAsync(session, "list_vms", $$"""{"backend":"{{backend}}","limit":1000,"fields":["id","status"]}""")).Single(guest => Of(guest, "id") == id), "status");

    private static IEnumerable<string> Warnings(JsonElement answer) => answer.Data.GetProperty("warnings").EnumerateArray().Select(static warning => warning.GetString()!);

    private static string? Of(JsonElement value, string name) => value.TryGetProperty(name, out var found) ? found.GetString() : null;
}
