using System.Text.Json.Nodes;
using Hypergate.Tests.Simulator.Replay;

namespace Hypergate.Tests.Simulator;

public class EventsTests
{
    [Fact]
    public async Task A_stream_tells_its_id_then_what_was_subscribed_to()
    {
        await using var xo = await SimulatedXo.StartAsync();
        using var events = await OpenAsync(xo, out var id);
        var vm = await xo.IdAsync("vms");

        var made = await xo.SendAsync("POST", $"/events/{await id}/subscriptions", """{"collection":"VM","fields":["id","tags"]}""");
        Assert.Equal((201, "VM"), (made.Status, made.Json["id"]!.GetValue<string>()));
        await xo.SendAsync("PUT", $"/hosts/{await xo.IdAsync("hosts")}/tags/unheard");
        await xo.SendAsync("PUT", $"/vms/{vm}/tags/heard");
        var update = await events.NextAsync();
        Assert.StartsWith("event: update\ndata: {\"$subscription\":\"VM\",\"id\":\"" + vm, update, StringComparison.Ordinal);
        Assert.Contains("heard", JsonNode.Parse(EventReader.Data(update))!["tags"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Added_and_removed_tasks_are_told_and_an_ended_subscription_is_quiet()
    {
        await using var xo = await SimulatedXo.StartAsync();
        using var events = await OpenAsync(xo, out var id);
        var task = await xo.IdAsync("tasks", "status:success");
        await xo.SendAsync("POST", $"/events/{await id}/subscriptions", """{"collection":"task","fields":["id"]}""");

        await xo.SendAsync("DELETE", $"/tasks/{task}");
        Assert.Equal($"event: remove\ndata: {{\"$subscription\":\"task\",\"id\":\"{task}\"}}\n\n", await events.NextAsync());
        Assert.Equal(204, (await xo.SendAsync("DELETE", $"/events/{await id}/subscriptions/task")).Status);
        Assert.Equal(404, (await xo.SendAsync("DELETE", $"/events/{await id}/subscriptions/task")).Status);
    }

    [Fact]
    public async Task A_quiet_stream_pings()
    {
        var time = new SteppedTime();
        await using var xo = await SimulatedXo.StartAsync(SimulatedXo.Small, time);
        using var events = await OpenAsync(xo, out var id);
        await id;

        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal($"event: ping\ndata: {time.GetUtcNow().ToUnixTimeMilliseconds()}\n\n", await events.NextAsync());
    }

    [Fact]
    public async Task A_lagging_write_is_told_when_it_shows_without_anybody_reading()
    {
        var time = new SteppedTime();
        await using var xo = await SimulatedXo.StartAsync(SimulatedXo.Small with { CacheLag = TimeSpan.FromSeconds(1) }, time);
        using var events = await OpenAsync(xo, out var id);
        var vm = await xo.IdAsync("vms");
        await xo.SendAsync("POST", $"/events/{await id}/subscriptions", """{"collection":"VM","fields":["id"]}""");

        await xo.SendAsync("PUT", $"/vms/{vm}/tags/x");
        var update = events.NextAsync();
        Assert.False(update.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains(vm, await update, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_collections_and_streams_are_refused()
    {
        await using var xo = await SimulatedXo.StartAsync();
        using var events = await OpenAsync(xo, out var id);

        Assert.Equal(422, (await xo.SendAsync("POST", $"/events/{await id}/subscriptions", """{"collection":"nope"}""")).Status);
        Assert.Equal(404, (await xo.SendAsync("POST", "/events/nope/subscriptions", """{"collection":"VM"}""")).Status);
    }

    [Fact]
    public async Task A_reader_who_lets_too_much_pile_up_is_cut_off()
    {
        await using var xo = await SimulatedXo.StartAsync(SimulatedXo.Small with { EventQueueBytes = 200_000 }, new ManualTime());
        using var events = await OpenAsync(xo, out var id);
        var vms = (await xo.GetAsync("/vms?fields=id")).Json.AsArray().Select(vm => vm!["id"]!.ToString()).ToArray();
        await xo.SendAsync("POST", $"/events/{await id}/subscriptions", """{"collection":"VM"}""");

        // Sockets and their buffers swallow some megabytes before the queue begins to grow.
        var world = xo.Simulator.World;
        for (var i = 0; i < 50_000 && xo.Simulator.OpenEventStreams > 0; i++)
        {
            world.Write(() =>
            {
                world["vms"].Change(vms[i % vms.Length], vm => vm["startDelay"] = i);
                return true;
            });
            await Task.Yield();
        }

        Assert.Equal(0, xo.Simulator.OpenEventStreams);
    }

    private static Task<EventReader> OpenAsync(SimulatedXo xo, out Task<string> id)
    {
        var first = new TaskCompletionSource<string>();
        id = first.Task;
        return OpenAsync(xo, first);
    }

    private static async Task<EventReader> OpenAsync(SimulatedXo xo, TaskCompletionSource<string> first)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/rest/v0/events");
        request.Headers.Add("Cookie", $"token={xo.Simulator.Token}");
        var response = await xo.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.ToString());
        var events = new EventReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var text = await events.NextAsync();
        Assert.StartsWith("event: init\ndata: ", text, StringComparison.Ordinal);
        first.SetResult(JsonNode.Parse(EventReader.Data(text))!["id"]!.GetValue<string>());
        return events;
    }
}
