using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Scripting;

namespace Hypergate.Tools.Code;

/// <summary>Follows a task that a script has started, by reads that go through the pipeline like any other.</summary>
internal sealed class TaskWait(CodeRoom room, CodeRun run)
{
    private const int DefaultSeconds = 60;
    private const int MostSeconds = 600;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<CodeReply> WaitAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        if (!TryRead(arguments, out var backend, out var id) || backend is null)
        {
            return new("", new("invalid_input", "hypergate.waitTask takes the result of a call that starts a task, or {backend, task}"));
        }

        if (backend.Kind.Jobs is not { } rules || room.Surroundings.Catalog.Current.FindRoute(backend.Name, "GET", rules.Path) is not { } operation)
        {
            return new("", new("invalid_input", $"{backend.Name} has no tasks that can be followed"));
        }

        var limit = TimeSpan.FromSeconds(Math.Clamp(GatewayCalls.Number(arguments, "timeoutSeconds") ?? DefaultSeconds, 1, MostSeconds));
        var call = new Call { Backend = backend.Name, Operation = operation, Caller = run.Request.Caller, Arguments = ArgumentsOf(rules, id), Tool = "execute_code", Parent = run.Id };
        return await FollowAsync(call, rules, id, limit, cancellationToken);
    }

    private async Task<CodeReply> FollowAsync(Call call, JobRules rules, string id, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = room.Time.GetTimestamp();
        while (true)
        {
            switch (await room.Surroundings.Pipeline.RunAsync(call with { Id = Guid.NewGuid().ToString("n") }, cancellationToken))
            {
                case Outcome.Done done when rules.Read(done.Value) is { State: not JobState.Running } news:
                    return End(call, rules, id, news);
                case Outcome.Failed failed:
                    return new("", CallErrors.Of(failed, changes: false));
                case Outcome.Refused refused:
                    return new("", CallErrors.Of(refused, isDeclined: false));
            }

            if (room.Time.GetElapsedTime(started) + Pause > limit)
            {
                return new("", new("timeout", $"The task {id} still runs after {limit.TotalSeconds:0} s."));
            }

            await Task.Delay(Pause, room.Time, cancellationToken);
        }
    }

    private CodeReply End(Call call, JobRules rules, string id, JobNews news) => news.State == JobState.Succeeded
        ? new(ScriptJson.Of(ToolSchema.Write(writer =>
        {
            writer.WriteString("task", id);
            writer.WriteString("backend", ScriptNames.Of(call.Backend));
            writer.WriteString("state", "succeeded");
            writer.WritePropertyName("result");
            (room.Surroundings.Answers.Safe(call.Backend, news.Result) ?? ToolSchema.Write(static _ => { })).WriteTo(writer);
        })), null)
        : new("", new("task_failed", $"The task {id} ended as {news.State.ToString().ToLowerInvariant()}: {rules.ReadFailure(news.Result)}") { Sent = true });

    private static JsonElement ArgumentsOf(JobRules rules, string id) => ToolSchema.Write(writer =>
    {
        foreach (var (name, value) in rules.PathValues(id))
        {
            writer.WriteString(name, value);
        }
    });

    private bool TryRead(JsonElement arguments, out Backend? backend, out string id)
    {
        (backend, id) = (null, "");
        if (!arguments.TryGetProperty("task", out var task))
        {
            return false;
        }

        if (task.ValueKind == JsonValueKind.Object && task.TryGetProperty("task", out var inner) && inner.ValueKind == JsonValueKind.String)
        {
            var name = task.TryGetProperty("backend", out var given) ? given.ToString() : run.Request.Backend;
            backend = room.Surroundings.Backends.FirstOrDefault(candidate => candidate.Name == name || ScriptNames.Of(candidate.Name) == name);
            id = inner.GetString()!;
            return true;
        }

        backend = room.Surroundings.Backends is [var only] ? only : null;
        id = task.ToString();
        return task.ValueKind == JsonValueKind.String;
    }
}
