using Hypergate.Simulator.ProxmoxVe.Faults;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Tasks;

/// <summary>
/// The tasks of a cluster. Nothing runs by itself: whoever looks at the cluster first lets the tasks catch up with the clock, so the
/// same requests at the same times always find the same state.
/// </summary>
internal sealed class TaskBoard(Cluster cluster)
{
    private const int Most = 2000;
    private readonly List<PveTask> _tasks = [];
    private readonly Dictionary<string, PveTask> _byUpid = [];
    private readonly List<(DateTimeOffset Due, Action Act)> _later = [];
    private int _processes = 14000;

    /// <summary>All tasks that are kept, oldest first.</summary>
    public IReadOnlyList<PveTask> All => _tasks;

    /// <summary>What goes wrong with tasks of a type; null: nothing.</summary>
    public Func<string, PveFault?> FaultOf { get; set; } = static _ => null;

    public int NextProcess() => _processes += 1 + cluster.Dice.Next(6);

    public PveTask? Find(string upid) => _byUpid.GetValueOrDefault(upid);

    /// <summary>Starts a task on a node and runs it up to its first pause.</summary>
    public PveTask Start(string node, string type, string id, string user, Func<PveTask, IEnumerable<TimeSpan>> script)
    {
        var now = cluster.Now;
        var ticks = (long)(now - cluster.Started + cluster.Local.UptimeAtStart).TotalMilliseconds / 10;
        var upid = new Upid(node, NextProcess(), ticks, now.ToUnixTimeSeconds(), type, id, user);
        PveTask? task = null;
        task = new PveTask(upid, Deferred(() => script(task!))) { Due = now };
        _tasks.Add(task);
        _byUpid[task.Text] = task;
        Forget();
        Strike(task, FaultOf(type));
        Run(task);
        return task;
    }

    /// <summary>A task that was there before the simulator.</summary>
    public void Remember(Upid upid, string exitStatus, TimeSpan duration, params IEnumerable<string> log)
    {
        var start = DateTimeOffset.FromUnixTimeSeconds(upid.Start);
        var task = new PveTask(upid, Enumerable.Empty<TimeSpan>().GetEnumerator());
        foreach (var line in log)
        {
            task.Log(line);
        }

        task.End(exitStatus, start + duration);
        _tasks.Add(task);
        _byUpid[task.Text] = task;
    }

    /// <summary>Whether a task was started before another one.</summary>
    public bool IsOlder(PveTask task, PveTask than) => _tasks.IndexOf(task) < _tasks.IndexOf(than);

    /// <summary>Does something when its time has come.</summary>
    public void Later(TimeSpan delay, Action act) => _later.Add((cluster.Now + (delay * cluster.Options.TaskScale), act));

    /// <summary>Lets every task go on whose pause is over, in the order of time.</summary>
    public void CatchUp()
    {
        var now = cluster.Now;
        foreach (var due in _later.FindAll(entry => entry.Due <= now))
        {
            _later.Remove(due);
            due.Act();
        }

        while (_tasks.Where(task => task.Running && !task.Hangs && task.Due <= now).MinBy(static task => task.Due) is { } next)
        {
            Run(next);
        }
    }

    /// <summary>Stops a task; its locks stay.</summary>
    public void Interrupt(PveTask task)
    {
        if (task.Running)
        {
            task.End("received interrupt", cluster.Now);
        }
    }

    // With a scale of 0 a task runs to its end at once.
    private void Run(PveTask task)
    {
        while (task is { Running: true, Hangs: false })
        {
            try
            {
                if (task.Step() is not { } pause)
                {
                    task.End(task.Warnings > 0 ? $"WARNINGS: {task.Warnings}" : "OK", cluster.Now);
                    return;
                }

                task.Due += pause * cluster.Options.TaskScale;
                if (task.Due > cluster.Now)
                {
                    return;
                }
            }
            catch (TaskError error)
            {
                task.End(error.Message, cluster.Now);
            }
            catch (PveError error)
            {
                task.End(error.Message, cluster.Now);
            }
        }
    }

    private void Strike(PveTask task, PveFault? fault)
    {
        switch (fault?.Task)
        {
            case TaskFault.Fails:
                task.End(fault.Text ?? "simulated failure", cluster.Now);
                break;
            case TaskFault.Hangs:
                task.Hangs = true;
                break;
            case TaskFault.Warns:
                task.Warn(fault.Text ?? "simulated warning");
                break;
            case TaskFault.Vanishes:
                task.Vanish(cluster.Now);
                break;
        }
    }

    private void Forget()
    {
        if (_tasks.Count > Most && _tasks.FindIndex(static task => !task.Running) is >= 0 and var oldest)
        {
            _byUpid.Remove(_tasks[oldest].Text);
            _tasks.RemoveAt(oldest);
        }
    }

    // So that the first line of a script runs at the first step, where its errors are caught.
    private static IEnumerator<TimeSpan> Deferred(Func<IEnumerable<TimeSpan>> script)
    {
        foreach (var pause in script())
        {
            yield return pause;
        }
    }
}
