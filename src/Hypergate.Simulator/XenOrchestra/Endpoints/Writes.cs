using System.Text.Json.Nodes;
using Hypergate.Simulator.Answers;
using Hypergate.Simulator.XenOrchestra.Access;
using Hypergate.Simulator.XenOrchestra.Answers;
using Hypergate.Simulator.XenOrchestra.Operations;
using Hypergate.Simulator.XenOrchestra.Tasks;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>Operations that follow a rule: writes at once, actions as tasks, and reads that compute something.</summary>
internal sealed class Writes(DataCentre world, TaskBoard board, ActionRun actions)
{
    public Task AnswerAsync(XoRequest request, OperationRule rule) => request.Operation switch
    {
        { Method: "GET" } => ReadAsync(request, rule),
        { IsAction: true } => ActAsync(request, rule),
        _ => EndAsync(request, world.Write(() => rule.Run(Context(request)))),
    };

    private Task ReadAsync(XoRequest request, OperationRule rule)
    {
        var value = world.Read(() => rule.Run(Context(request))?.DeepClone());
        if (!request.Is("ndjson"))
        {
            return Answer.JsonAsync(request.Http, 200, value);
        }

        var lines = value is JsonObject document
            ? document.Select(part => Json.Line(new JsonObject { [part.Key] = part.Value?.DeepClone() }) + "\n")
            : value!.AsArray().Select(item => Json.Line(item) + "\n");
        return Answer.TextAsync(request.Http, 200, "application/x-ndjson", string.Concat(lines));
    }

    private async Task ActAsync(XoRequest request, OperationRule rule)
    {
        var task = board.Start(Properties(request, rule));
        var run = actions.RunAsync(task, rule, Context(request), request.Fault?.TaskNeverEnds ?? false);
        if (request.Is("sync"))
        {
            await EndAsync(request, await run.WaitAsync(request.Http.RequestAborted));
            return;
        }

        // The task tells what became of it; nobody else waits.
        _ = run.ContinueWith(failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        request.Http.Response.Headers.Location = Addresses.Of("tasks", task.Id);
        await Answer.JsonAsync(request.Http, 202, new JsonObject { ["taskId"] = task.Id });
    }

    private Task EndAsync(XoRequest request, JsonNode? value)
    {
        var status = request.Operation.Success;
        if (status == 201 && value?["id"]?.GetValue<string>() is { } id && world.Write(() => HomeOf(id)) is { } home)
        {
            request.Http.Response.Headers.Location = Addresses.Of(home, id);
        }

        return Answer.JsonAsync(request.Http, status, status == 204 ? null : value ?? new JsonObject());
    }

    // Only what is created in a pool is announced with its address.
    private string? HomeOf(string id) =>
        world.Collections.FirstOrDefault(collection => collection.ComesFromPools && collection.Find(id) is not null)?.Name;

    private JsonObject Properties(XoRequest request, OperationRule rule)
    {
        var owner = world[request.Operation.Segments[0]];
        var type = Resources.TaskType(owner);
        var verb = request.Operation.Segments[^1].Replace('_', ' ');
        var properties = new JsonObject
        {
            ["objectType"] = type,
            ["name"] = $"REST API: {rule.TaskName ?? $"{verb} {type}"}",
            ["objectId"] = request.Id,
            ["userId"] = request.Caller!.Id,
            ["type"] = "xo:rest-api:action",
        };
        if (request.Operation.BodySchema is not null)
        {
            properties.Insert(0, "args", request.Body?.DeepClone() ?? new JsonObject());
        }

        return properties;
    }

    private OperationContext Context(XoRequest request) =>
        new(world, request.Path, request.Query, request.Body as JsonObject, request.Caller?.Id ?? "");
}
