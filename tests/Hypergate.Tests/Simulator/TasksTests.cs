using System.Text.Json.Nodes;
using Hypergate.Simulator.Faults;

namespace Hypergate.Tests.Simulator;

public class TasksTests
{
    private readonly SteppedTime _time = new();

    [Fact]
    public async Task An_action_goes_on_as_a_task_and_shows_when_it_has_ended()
    {
        await using var xo = await StartAsync();
        var vm = await xo.IdAsync("vms", "power_state:Halted");

        var accepted = await xo.SendAsync("POST", $"/vms/{vm}/actions/start", "{}");
        var id = accepted.Json["taskId"]!.GetValue<string>();
        Assert.Equal((202, $"/rest/v0/tasks/{id}"), (accepted.Status, accepted.Location));
        Assert.Matches("^0[0-9a-z]{8}-[0-9a-z]{6,12}$", id);
        var pending = (await xo.GetAsync($"/tasks/{id}")).Json;
        Assert.Equal("id properties start status updatedAt", Keys(pending));
        Assert.Equal("args objectType name objectId userId type", Keys(pending["properties"]!));
        Assert.Equal(("pending", "REST API: start VM"), (pending["status"]!.ToString(), pending["properties"]!["name"]!.ToString()));
        Assert.Equal("Halted", await StateAsync(xo, vm));

        var waiting = xo.GetAsync($"/tasks/{id}?wait=true");
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(10));
        var ended = (await waiting).Json;
        Assert.Equal("id properties start status updatedAt end", Keys(ended));
        Assert.Equal("success", ended["status"]!.ToString());
        Assert.True(ended["end"]!.GetValue<long>() > ended["start"]!.GetValue<long>());
        Assert.Equal("Running", await StateAsync(xo, vm));
        Assert.Contains(id, (await xo.GetAsync($"/vms/{vm}/tasks")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_that_is_bound_to_fail_is_accepted_and_fails_inside_its_task()
    {
        await using var xo = await StartAsync();
        var vm = await xo.IdAsync("vms", "power_state:Running");

        var id = (await xo.SendAsync("POST", $"/vms/{vm}/actions/start")).Json["taskId"]!.GetValue<string>();
        _time.Advance(TimeSpan.FromSeconds(10));
        var failed = (await xo.GetAsync($"/tasks/{id}?wait=true")).Json;
        Assert.Equal("failure", failed["status"]!.ToString());
        var result = failed["result"]!;
        Assert.Equal("VM_BAD_POWER_STATE", result["code"]!.ToString());
        Assert.StartsWith("VM_BAD_POWER_STATE(OpaqueRef:", result["message"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains("file:///", result["stack"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_for_the_result_gets_it_or_the_error_itself()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var vm = await xo.IdAsync("vms", "power_state:Halted");

        var snapshot = await xo.SendAsync("POST", $"/vms/{vm}/actions/snapshot?sync=true", """{"name_label":"x"}""");
        Assert.Equal((201, $"/rest/v0/vm-snapshots/{snapshot.Json["id"]}"), (snapshot.Status, snapshot.Location));
        Assert.Equal(204, (await xo.SendAsync("POST", $"/vms/{vm}/actions/start?sync=true")).Status);
        var again = await xo.SendAsync("POST", $"/vms/{vm}/actions/start?sync=true");
        Assert.Equal(500, again.Status);
        Assert.Equal("This is a XenServer/XCP-ng error, not an XO error", again.Json["info"]!.ToString());
    }

    [Fact]
    public async Task An_aborted_task_fails_and_its_action_never_happens()
    {
        await using var xo = await StartAsync();
        var vm = await xo.IdAsync("vms", "power_state:Halted");
        var id = (await xo.SendAsync("POST", $"/vms/{vm}/actions/start")).Json["taskId"]!.GetValue<string>();

        Assert.Equal(204, (await xo.SendAsync("POST", $"/tasks/{id}/actions/abort?sync=true")).Status);
        var task = (await xo.GetAsync($"/tasks/{id}?wait=true")).Json;
        Assert.Equal(("failure", "AbortError"), (task["status"]!.ToString(), task["result"]!["name"]!.ToString()));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("Halted", await StateAsync(xo, vm));
        Assert.Equal(404, (await xo.SendAsync("POST", $"/tasks/{id}/actions/abort")).Status);
    }

    [Fact]
    public async Task A_long_task_says_how_far_it_is()
    {
        await using var xo = await SimulatedXo.StartAsync(SimulatedXo.Small with { TaskDuration = 100 }, _time);
        var vm = await xo.IdAsync("vms", "power_state:Halted");
        var id = (await xo.SendAsync("POST", $"/vms/{vm}/actions/start")).Json["taskId"]!.GetValue<string>();

        var seen = new HashSet<int>();
        for (var i = 0; i < 1000 && (await xo.GetAsync($"/tasks/{id}")).Json is var task && task["status"]!.ToString() == "pending"; i++)
        {
            seen.Add(task["properties"]!["progress"]?.GetValue<int>() ?? 0);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(seen.IsSupersetOf([0, 25, 50, 75]), string.Join(' ', seen));
    }

    [Fact]
    public async Task A_task_that_never_ends_can_be_aborted()
    {
        await using var xo = await SimulatedXo.StartAsync();
        xo.Simulator.Faults.Add(new Fault { Path = "/vms/*/actions/**", TaskNeverEnds = true });
        var id = (await xo.SendAsync("POST", $"/vms/{await xo.IdAsync("vms")}/actions/snapshot")).Json["taskId"]!.GetValue<string>();

        Assert.Equal("pending", (await xo.GetAsync($"/tasks/{id}")).Json["status"]!.ToString());
        Assert.Equal(204, (await xo.SendAsync("POST", $"/tasks/{id}/actions/abort?sync=true")).Status);
        Assert.Equal("failure", (await xo.GetAsync($"/tasks/{id}?wait=true")).Json["status"]!.ToString());
    }

    [Fact]
    public async Task Tasks_can_be_forgotten_one_by_one_and_all_at_once()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var id = await xo.IdAsync("tasks");

        Assert.Equal(204, (await xo.SendAsync("DELETE", $"/tasks/{id}")).Status);
        Assert.Equal(404, (await xo.GetAsync($"/tasks/{id}")).Status);
        Assert.Equal(404, (await xo.SendAsync("DELETE", $"/tasks/{id}")).Status);
        Assert.Equal(204, (await xo.SendAsync("DELETE", "/tasks")).Status);
        Assert.Equal("[]", (await xo.GetAsync("/tasks")).Text);
    }

    [Fact]
    public async Task A_watch_tells_every_change_of_a_task_and_its_removal()
    {
        await using var xo = await StartAsync();
        var vm = await xo.IdAsync("vms", "power_state:Halted");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/rest/v0/tasks?watch=true&ndjson=true&fields=id,status&filter=properties:name:start");
        request.Headers.Add("Cookie", $"token={xo.Simulator.Token}");
        using var response = await xo.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.ToString());
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        var id = (await xo.SendAsync("POST", $"/vms/{vm}/actions/start")).Json["taskId"]!.GetValue<string>();
        _time.Advance(TimeSpan.FromSeconds(10));
        await xo.GetAsync($"/tasks/{id}?wait=true");
        await xo.SendAsync("DELETE", $"/tasks/{id}");
        using var impatience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var seen = new List<string>();
        while (seen.LastOrDefault()?.StartsWith("[\"remove\"", StringComparison.Ordinal) != true)
        {
            seen.Add((await lines.ReadLineAsync(impatience.Token))!);
        }

        Assert.Equal($$"""["update",{"id":"{{id}}","status":"pending"}]""", seen[0]);
        Assert.Equal($$"""["update",{"id":"{{id}}","status":"success"}]""", seen[^2]);
        Assert.Equal($$"""["remove",{"id":"{{id}}"}]""", seen[^1]);
    }

    private Task<SimulatedXo> StartAsync() => SimulatedXo.StartAsync(SimulatedXo.Small with { TaskDuration = 1 }, _time);

    private static async Task<string> StateAsync(SimulatedXo xo, string vm) => (await xo.GetAsync($"/vms/{vm}")).Json["power_state"]!.ToString();

    private static string Keys(JsonNode item) => string.Join(' ', item.AsObject().Select(property => property.Key));
}
