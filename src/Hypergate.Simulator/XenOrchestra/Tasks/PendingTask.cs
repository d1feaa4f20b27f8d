namespace Hypergate.Simulator.XenOrchestra.Tasks;

/// <summary>A task that has not ended yet.</summary>
internal sealed class PendingTask(string id)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = id;

    /// <summary>Completes when the task has ended, however it did.</summary>
    public Task Ended => _ended.Task;

    public void End() => _ended.TrySetResult();
}
