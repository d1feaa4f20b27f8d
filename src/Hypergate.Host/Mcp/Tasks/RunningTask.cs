using Hypergate.Tools;

namespace Hypergate.Host.Mcp.Tasks;

/// <summary>One tool call that goes on after its request was answered.</summary>
internal sealed class RunningTask : IDisposable
{
    /// <summary>How long a result can be fetched after the end.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cancellation;
    private State _state;

    public RunningTask(string id, string owner, Task<ToolResult> run, CancellationTokenSource cancellation, TimeProvider time)
    {
        Id = id;
        Owner = owner;
        _time = time;
        _cancellation = cancellation;
        CreatedAt = time.GetUtcNow();
        _state = new State("working", CreatedAt, null, null);
        Finished = FinishAsync(run);
    }

    public string Id { get; }

    /// <summary>The name of the caller that started it.</summary>
    public string Owner { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>Ends with the call, whatever became of it.</summary>
    public Task Finished { get; }

    public State Current => Volatile.Read(ref _state);

    /// <summary>Whether its result has been kept for long enough.</summary>
    public bool IsOver(DateTimeOffset now) => Current.Status != "working" && now - Current.UpdatedAt > Lifetime;

    /// <summary>News of the platform's job.</summary>
    public void Report(string message)
    {
        if (Current is { Status: "working" } current)
        {
            Volatile.Write(ref _state, current with { UpdatedAt = _time.GetUtcNow(), Message = message });
        }
    }

    /// <summary>Asks the platform to stop the job; the end shows in <see cref="Current"/>.</summary>
    public Task CancelAsync() => Finished.IsCompleted ? Task.CompletedTask : _cancellation.CancelAsync();

    public void Dispose() => _cancellation.Dispose();

    private async Task FinishAsync(Task<ToolResult> run)
    {
        var next = await EndAsync(run);
        Volatile.Write(ref _state, next with { UpdatedAt = _time.GetUtcNow(), Message = Current.Message });
    }

    private static async Task<State> EndAsync(Task<ToolResult> run)
    {
        try
        {
            return new State("completed", default, null, await run);
        }
        catch (OperationCanceledException)
        {
            return new State("cancelled", default, null, null);
        }
#pragma warning disable CA1031 // A bug in a tool must end the task, not the process.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new State("completed", default, null, ToolResult.Error("Internal error; the log of the gateway says more."));
        }
    }

    /// <summary>How a task stands; a terminal state never changes.</summary>
    internal sealed record State(string Status, DateTimeOffset UpdatedAt, string? Message, ToolResult? Result);
}
