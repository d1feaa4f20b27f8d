using System.Text.Json.Nodes;
using Hypergate.Simulator;

namespace Hypergate.Tests.Simulator.Replay;

/// <summary>Replays the steps of one scenario on a simulator of its own.</summary>
internal sealed class Scenario(SimulatedXo xo, SteppedTime time)
{
    private readonly Alike _alike = new(xo.Simulator.World);
    private readonly Translation _translation = new(xo.Simulator.Token);

    public static async Task ReplayAsync(string name)
    {
        var steps = Exchange.All.Where(exchange => exchange.Scenario == name).OrderBy(exchange => exchange.Step).ToList();
        var time = new SteppedTime();
        await using var xo = await SimulatedXo.StartAsync(new SimulatorOptions { McpEnabled = !steps[0].McpIsOff }, time);
        var scenario = new Scenario(xo, time);
        foreach (var step in steps)
        {
            await scenario.ReplayAsync(step);
        }
    }

    private async Task ReplayAsync(Exchange exchange)
    {
        foreach (var (id, subject) in exchange.Subjects.Concat(ObjectShapes.SubjectOf(exchange)).Where(subject => !_translation.Knows(subject.Key)))
        {
            _translation.Add(id, _alike.IdFor(subject!.AsObject()));
        }

        time.Advance(exchange.WaitBefore);
        var path = _translation.Ours(exchange.Path);
        var waits = path.Contains("sync=true", StringComparison.Ordinal) || path.Contains("wait=true", StringComparison.Ordinal);
        time.Rush(waits);
        var reply = exchange.Header("content-type") == "text/event-stream"
            ? await EventsAsync(exchange, path)
            : await xo.SendAsync(exchange.Method, path["/rest/v0".Length..], Body(exchange), headers => Add(exchange, headers));
        time.Rush(false);
        Capture(exchange, reply);
        new Comparison(exchange, reply, _translation).Check();
    }

    private string? Body(Exchange exchange) => exchange.Body is { } body ? _translation.Ours(body) : null;

    private void Add(Exchange exchange, System.Net.Http.Headers.HttpRequestHeaders headers)
    {
        foreach (var (name, value) in exchange.Headers.Where(header => header.Key != "content-type"))
        {
            headers.TryAddWithoutValidation(name, _translation.Ours(value!.GetValue<string>()));
        }
    }

    private void Capture(Exchange exchange, Reply reply)
    {
        foreach (var (name, path) in exchange.Captures)
        {
            var words = path!.GetValue<string>().Split('.');
            var ours = words.Aggregate(reply.Json, (at, word) => at[word]!).GetValue<string>();
            var recorded = words.Aggregate(exchange.Answer, (at, word) => at![word])!.GetValue<string>();
            _translation.Add("{{" + name + "}}", ours);
            _translation.Add(recorded, ours);
        }
    }

    // The recorded text holds what the stream said after a subscription and two changes of a VM's tags that are no steps.
    private async Task<Reply> EventsAsync(Exchange exchange, string path)
    {
        var recorded = exchange.Answer!.GetValue<string>();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        Add(exchange, request.Headers);
        var response = await xo.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var events = new EventReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var text = await events.NextAsync();
        var stream = JsonNode.Parse(EventReader.Data(text))!["id"]!.GetValue<string>();
        _translation.Add(JsonNode.Parse(EventReader.Data(recorded.Split("\n\n")[0]))!["id"]!.GetValue<string>(), stream);

        var vm = await xo.IdAsync("vms", "name_label:/^prod-mail-041$/");
        await xo.SendAsync("POST", $"/events/{stream}/subscriptions", """{"collection":"VM","fields":["id","name_label","tags"]}""");
        foreach (var method in (string[])["PUT", "DELETE"])
        {
            await xo.SendAsync(method, $"/vms/{vm}/tags/sse");
            time.Advance(TimeSpan.FromMilliseconds(200));
            text += await events.NextAsync();
        }

        return new Reply(response, text);
    }
}
