using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.World;

namespace Hypergate.Simulator.PxCloud.Tasks;

/// <summary>
/// The tasks of the installation. Nothing runs by itself: whoever looks first lets them catch up with the clock, so that the same
/// requests at the same times find the same state.
/// </summary>
internal sealed class PxTasks(PxWorld world)
{
    private const int Most = 2_000;

    private readonly List<PxTask> _tasks = [];
    private int _number;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<PxTask> All => _tasks;

    /// <summary>Starts a task about an object, which it holds until its end.</summary>
    /// <param name="call">Who asked.</param>
    /// <param name="type">What it does, in a word.</param>
    /// <param name="held">The object; <c>lock</c> says who holds it.</param>
    /// <param name="work">How long it takes at scale 1, and what it does then.</param>
    /// <exception cref="PxError">423: another task holds the object.</exception>
    public PxTask Start(PxCall call, string type, JsonObject held, (int Seconds, Action Act) work)
    {
        if (held.Text("_lock") is { } holder)
        {
            throw PxError.Locked(held.Text("id") ?? "", holder);
        }

        var task = new PxTask
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"task-{++_number:00000}"),
            Type = type,
            Target = held.Text("id") ?? "",
            User = call.User,
            Started = world.Time.GetUtcNow(),
            Duration = TimeSpan.FromSeconds(work.Seconds) * world.Options.TaskScale,
            Act = work.Act,
            Release = () => Hold(held, null),
            Hangs = call.TasksHang,
        };
        Hold(held, type);
        _tasks.Add(task);
        Forget();
        CatchUp();
        return task;
    }

    /// <exception cref="PxError">404: there is none of that id.</exception>
    public PxTask Get(string id) => _tasks.Find(task => task.Id == id) ?? throw PxError.NotFound("task", id);

    /// <summary>Ends every task whose time is over, in the order of time.</summary>
    public void CatchUp()
    {
        var now = world.Time.GetUtcNow();
        while (_tasks.Where(task => task is { IsRunning: true, Hangs: false } && task.Started + task.Duration <= now).MinBy(static task => task.Started + task.Duration) is { } due)
        {
            End(due);
        }
    }

    /// <exception cref="PxError">409: it has ended already.</exception>
    public void Cancel(PxTask task)
    {
        if (!task.IsRunning)
        {
            throw PxError.Conflict($"The task {task.Id} has ended with {task.Status} already.");
        }

        (task.Status, task.Error, task.Ended) = ("cancelled", "cancelled by request", world.Time.GetUtcNow());
        task.Release();
    }

    private static void End(PxTask task)
    {
        task.Release();
        task.Ended = task.Started + task.Duration;
        try
        {
            task.Act();
            task.Status = "success";
        }
        catch (PxError error)
        {
            (task.Status, task.Error) = ("failed", error.Message);
        }
    }

    private static void Hold(JsonObject item, string? type)
    {
        item["_lock"] = type;
        if (item.ContainsKey("lock"))
        {
            item["lock"] = type;
        }
    }

    private void Forget()
    {
        if (_tasks.Count > Most && _tasks.FindIndex(static task => !task.IsRunning) is >= 0 and var oldest)
        {
            _tasks.RemoveAt(oldest);
        }
    }
}
