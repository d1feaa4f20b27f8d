using System.Collections.Concurrent;
using Hypergate.Model;
using Hypergate.Tools;
using ModelContextProtocol;

namespace Hypergate.Host.Mcp.Tasks;

/// <summary>One tool call that goes on after its request was answered.</summary>
internal sealed class RunningTask : IDisposable
{
    /// <summary>How long a result can be fetched after the end.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>What keys of questions begin with.</summary>
    public const string QuestionPrefix = "question-";

    private const string Working = "working";

    private readonly ConcurrentDictionary<string, Asked> _asked = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cancellation;
    private State _state;
    private int _questions;
    private Action? _changed;

    public RunningTask(string id, Caller owner, Task<ToolResult> run, CancellationTokenSource cancellation, TimeProvider time)
    {
        Id = id;
        Owner = owner;
        _time = time;
        _cancellation = cancellation;
        CreatedAt = time.GetUtcNow();
        _state = new State(Working, CreatedAt, null);
        Finished = FinishAsync(run);
    }

    public string Id { get; }

    /// <summary>The caller that started it, with the rights that it had then.</summary>
    public Caller Owner { get; }

    /// <summary>Whether nobody is shown it any more.</summary>
    public bool IsClosed { get; private set; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>Ends with the call, whatever became of it.</summary>
    public Task Finished { get; }

    /// <summary>How it stands; while a question is open, that it waits for its answer.</summary>
    public State Current => Volatile.Read(ref _state) is { Status: Working } state && !_asked.IsEmpty
        ? state with { Status = "input_required" }
        : Volatile.Read(ref _state);

    /// <summary>Whether its result has been kept for long enough.</summary>
    public bool IsOver(DateTimeOffset now) => Finished.IsCompleted && now - Current.UpdatedAt > Lifetime;

    /// <summary>The questions that the person has not answered yet, by their keys.</summary>
    public IReadOnlyList<KeyValuePair<string, Question>> Open => [.. _asked.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => KeyValuePair.Create(pair.Key, pair.Value.Question))];

    /// <summary>Asks the person; the client learns of it when it looks at the task.</summary>
    public async Task<Answer> AskAsync(Question question, CancellationToken cancellationToken)
    {
        var key = $"{QuestionPrefix}{Interlocked.Increment(ref _questions):D2}";
        var asked = _asked[key] = new(question, new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously));
        Touch();
        try
        {
            return await asked.Answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _asked.TryRemove(key, out _);
            _changed?.Invoke();
        }
    }

    /// <summary>Tells somebody of each change but the end, which <see cref="Finished"/> tells.</summary>
    public void Follow(Action changed) => _changed += changed;

    /// <summary>Takes an answer; what answers nothing, or something answered before, is ignored.</summary>
    public void Answer(string key, Func<Question, Answer> read)
    {
        if (_asked.TryRemove(key, out var asked))
        {
            asked.Answer.TrySetResult(read(asked.Question));
            Touch();
        }
    }

    /// <summary>News of the platform's job.</summary>
    public void Report(string message)
    {
        if (Current is { Status: Working } current)
        {
            Volatile.Write(ref _state, current with { UpdatedAt = _time.GetUtcNow(), Message = message });
            _changed?.Invoke();
        }
    }

    /// <summary>Asks the platform to stop the job; the end shows in <see cref="Current"/>.</summary>
    public Task CancelAsync() => Finished.IsCompleted ? Task.CompletedTask : _cancellation.CancelAsync();

    /// <summary>Ends it where it only waits for an answer: nobody may give one any more. What the platform does already goes on.</summary>
    public Task EndWaitAsync() => _asked.IsEmpty ? Task.CompletedTask : CancelAsync();

    /// <summary>Shows it to nobody any more.</summary>
    public void Close()
    {
        IsClosed = true;
        _changed?.Invoke();
    }

    public void Dispose() => _cancellation.Dispose();

    private async Task FinishAsync(Task<ToolResult> run)
    {
        // What it waited for last is over with it.
        var next = await EndAsync(run);
        Volatile.Write(ref _state, next with { UpdatedAt = _time.GetUtcNow() });
    }

    private static async Task<State> EndAsync(Task<ToolResult> run)
    {
        try
        {
            return new State("completed", default, null) { Result = await run };
        }
        catch (OperationCanceledException)
        {
            return new State("cancelled", default, null);
        }
        catch (McpProtocolException exception)
        {
            return new State("failed", default, null) { Error = new((int)exception.ErrorCode, exception.Message) };
        }
#pragma warning disable CA1031 // A bug in a tool must end the task, not the process.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new State("failed", default, null) { Error = new((int)McpErrorCode.InternalError, "Internal error; the log of the gateway says more.") };
        }
    }

    private void Touch()
    {
        if (Volatile.Read(ref _state) is { Status: Working } current)
        {
            Volatile.Write(ref _state, current with { UpdatedAt = _time.GetUtcNow() });
            _changed?.Invoke();
        }
    }

    private sealed record Asked(Question Question, TaskCompletionSource<Answer> Answer);

    /// <summary>How a task stands; a terminal state never changes.</summary>
    internal sealed record State(string Status, DateTimeOffset UpdatedAt, string? Message)
    {
        public ToolResult? Result { get; init; }

        /// <summary>Where the call ended without a result.</summary>
        public Fault? Error { get; init; }
    }

    internal sealed record Fault(int Code, string Message);
}
