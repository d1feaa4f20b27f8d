using System.Text.Json.Nodes;
using Hypergate.Simulator.Answers;
using Hypergate.Simulator.XenOrchestra.Access;
using Hypergate.Simulator.XenOrchestra.Answers;
using Hypergate.Simulator.XenOrchestra.Events;
using Hypergate.Simulator.XenOrchestra.Operations;
using Hypergate.Simulator.XenOrchestra.Tasks;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>What tasks can do that other objects cannot: be waited for, watched, aborted and forgotten.</summary>
internal sealed class TaskRoutes
{
    private readonly DataCentre _world;
    private readonly TaskBoard _board;
    private readonly int _queueBytes;

    // Guarded by the lock of the data centre.
    private readonly List<Action<ObjectEvent, JsonObject>> _watchers = [];

    public TaskRoutes(DataCentre world, TaskBoard board, SimulatorOptions options)
    {
        (_world, _board, _queueBytes) = (world, board, options.EventQueueBytes);
        Abort = new OperationRule("POST /tasks/{id}/actions/abort", context => AbortTask(context.Path["id"]))
        {
            Duration = TimeSpan.FromTicks(1),
            TaskName = "abort task",
        };
        world.Listen(Tell);
    }

    /// <summary>Stops a pending task.</summary>
    public OperationRule Abort { get; }

    /// <exception cref="XoError">404: the task has ended, or there is none.</exception>
    public void CheckIsPending(XoRequest request)
    {
        if (!_board.IsPending(request.Id))
        {
            throw Missing.Of(request.Id, "task");
        }
    }

    /// <summary>Waits for the end of a task where the client asks for it.</summary>
    public Task WaitAsync(XoRequest request) =>
        request.Is("wait") ? _board.EndOfAsync(request.Id, request.Http.RequestAborted) : Task.CompletedTask;

    /// <summary>Streams what becomes of the tasks: <c>["update", task]</c> and <c>["remove", {"id": …}]</c>, one a line.</summary>
    public async Task WatchAsync(XoRequest request)
    {
        if (!request.Is("ndjson"))
        {
            throw new XoError(400, "watch=true requires ndjson=true");
        }

        var query = ListQuery.Of(request.Operation, request.Query);
        var fields = query.Fields ?? FieldPicker.Of("*");
        var queue = new OutputQueue(_queueBytes);
        void Watch(ObjectEvent what, JsonObject task)
        {
            if (query.Filter.Matches(task) && new Rights(_world, request.Caller!).May("task", "read", task))
            {
                queue.Post(Line(what, task, fields));
            }
        }

        Change(watchers => watchers.Add(Watch));
        request.Http.Response.ContentType = "application/x-ndjson";
        try
        {
            await queue.SendAsync(request.Http);
        }
        finally
        {
            Change(watchers => watchers.Remove(Watch));
        }
    }

    public Task DeleteAsync(XoRequest request)
    {
        _world.Write(() =>
        {
            var tasks = _world["tasks"];
            if (tasks.Find(request.Id) is null)
            {
                throw Missing.Of(request.Id, tasks.Type);
            }

            tasks.Remove(request.Id);
            return true;
        });
        return Answer.JsonAsync(request.Http, 204, null);
    }

    /// <summary>Forgets every task that has ended and that the caller may delete.</summary>
    public Task DeleteAllAsync(XoRequest request)
    {
        _world.Write(() =>
        {
            var rights = new Rights(_world, request.Caller!);
            foreach (var task in _world["tasks"].All.Where(task => rights.May("task", "delete", task)).ToList())
            {
                _world["tasks"].Remove(task["id"]!.GetValue<string>());
            }

            return true;
        });
        return Answer.JsonAsync(request.Http, 204, null);
    }

    private static string Line(ObjectEvent what, JsonObject task, FieldPicker fields) => what == ObjectEvent.Remove
        ? Json.Line(new JsonArray("remove", new JsonObject { ["id"] = task["id"]!.DeepClone() })) + "\n"
        : Json.Line(new JsonArray("update", fields.Copy(task))) + "\n";

    private JsonNode? AbortTask(string id) => _board.Abort(id) ? null : throw Missing.Of(id, "task");

    private void Tell(Collection collection, ObjectEvent what, JsonObject item)
    {
        if (collection.Name == "tasks")
        {
            _watchers.ForEach(watcher => watcher(what, item));
        }
    }

    private void Change(Action<List<Action<ObjectEvent, JsonObject>>> change) => _world.Write(() =>
    {
        change(_watchers);
        return true;
    });
}
