namespace Hypergate.Backends;

/// <summary>Whether the description that was read last still holds: where a known operation is not there, it may have changed.</summary>
internal sealed class DescriptionTrust
{
    private TaskCompletionSource _doubt = New();

    /// <summary>Ends with the first doubt since the last <see cref="Restore"/>.</summary>
    public Task Doubted => Volatile.Read(ref _doubt).Task;

    public void Doubt() => Volatile.Read(ref _doubt).TrySetResult();

    /// <summary>It is about to be read: what was doubted before is settled by that.</summary>
    public void Restore() => Interlocked.Exchange(ref _doubt, New());

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
