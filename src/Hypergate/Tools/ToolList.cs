namespace Hypergate.Tools;

/// <summary>The tools in force, swapped whole when a catalog changes. A request reads <see cref="Current"/> once.</summary>
public sealed class ToolList
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyList<ToolDefinition> _current = [];

    /// <summary>Raised after the tools have changed, so that clients can be told.</summary>
    public event EventHandler? Changed;

    public IReadOnlyList<ToolDefinition> Current => Volatile.Read(ref _current);

    /// <summary>Ends when every backend's catalog is known, from the cache or from the platform, or was given up for now.</summary>
    public Task Ready => _ready.Task;

    public ToolDefinition? Find(string name) => Current.FirstOrDefault(tool => tool.Name == name) ?? Current.FirstOrDefault(tool => tool.OtherNames.Contains(name));

    /// <summary>The tool of that name, as soon as it is there; null once nothing more is expected, or the wait is cancelled.</summary>
    public async Task<ToolDefinition?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var found = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, EventArgs change)
        {
            if (Find(name) is not null)
            {
                found.TrySetResult();
            }
        }

        Changed += Look;
        try
        {
            Look(this, EventArgs.Empty);
            await Task.WhenAny(found.Task, Ready).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Then what is there has to do.
        }
        finally
        {
            Changed -= Look;
        }

        return Find(name);
    }

    public void Replace(IReadOnlyList<ToolDefinition> next)
    {
        Volatile.Write(ref _current, next);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Lets waiting listings go on; nothing more is expected soon.</summary>
    public void MarkReady() => _ready.TrySetResult();
}
