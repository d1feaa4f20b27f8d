using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Tasks;

/// <summary>The tasks of the server, from their start to whatever became of them.</summary>
internal sealed class TaskBoard(DataCentre world)
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

    // Guarded by the lock of the data centre, as the tasks are.
    private readonly Dictionary<string, PendingTask> _pending = new(StringComparer.Ordinal);

    private Collection Tasks => world["tasks"];

    private long Now => world.Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Begins a task.</summary>
    /// <param name="properties">Name, object, user: what the task shows of itself.</param>
    public PendingTask Start(JsonObject properties) => world.Write(() =>
    {
        var now = Now;
        var task = new JsonObject
        {
            ["id"] = NextId(now),
            ["properties"] = properties,
            ["start"] = now,
            ["status"] = "pending",
            ["updatedAt"] = now,
        };
        Tasks.Add(task);
        var pending = new PendingTask(task["id"]!.GetValue<string>());
        _pending.Add(pending.Id, pending);
        return pending;
    });

    /// <summary>Says how far a pending task is, in percent.</summary>
    public void Progress(PendingTask task, int percent) => Update(task, item => item["properties"]!["progress"] = percent);

    public void Succeed(PendingTask task, JsonNode? result) => End(task, "success", result?.DeepClone());

    public void Fail(PendingTask task, JsonObject result) => End(task, "failure", result);

    /// <summary>Waits until a task is pending no longer, or gone.</summary>
    public Task EndOfAsync(string id, CancellationToken cancellationToken) =>
        world.Read(() => _pending.TryGetValue(id, out var task) ? task.Ended.WaitAsync(cancellationToken) : Task.CompletedTask);

    public bool IsPending(string id) => world.Read(() => _pending.ContainsKey(id));

    /// <summary>Stops a pending task.</summary>
    /// <returns>False: there is no such task, or it has ended.</returns>
    public bool Abort(string id) => world.Write(() =>
    {
        if (!_pending.TryGetValue(id, out var task))
        {
            return false;
        }

        Update(task, item => item["abortionRequestedAt"] = Now);
        End(task, "failure", TaskFailure.Aborted());
        return true;
    });

    private void End(PendingTask task, string status, JsonNode? result) => world.Write(() =>
    {
        if (_pending.Remove(task.Id))
        {
            Update(task, item =>
            {
                item["status"] = status;
                item["end"] = Now;
                if (result is not null)
                {
                    item["result"] = result;
                }
            });
            task.End();
        }

        return true;
    });

    private void Update(PendingTask task, Action<JsonObject> change) => world.Write(() =>
    {
        if (Tasks.Find(task.Id) is not null)
        {
            Tasks.Change(task.Id, item =>
            {
                item["updatedAt"] = Now;
                change(item);
            });
        }

        return true;
    });

    private string NextId(long now)
    {
        var random = world.NextId().Replace("-", "", StringComparison.Ordinal);
        return $"{Base36(now).PadLeft(9, '0')}-{Base36(long.Parse(random[..14], NumberStyles.HexNumber, CultureInfo.InvariantCulture))}";
    }

    private static string Base36(long number)
    {
        var digits = new Stack<char>();
        for (; number > 0; number /= 36)
        {
            digits.Push(Alphabet[(int)(number % 36)]);
        }

        return string.Concat(digits);
    }
}
