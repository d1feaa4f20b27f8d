using System.Diagnostics.CodeAnalysis;
using Hypergate.Model;
using Hypergate.Scripting;

namespace Hypergate.Tools.Code;

/// <summary>One script from its start to its end, across the requests that a pause for consent divides it into.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The clock is disposed with the script; the rest holds nothing but memory.")]
internal sealed class CodeRun
{
    private const string IdPrefix = "r_";
    private const int IdLength = 18;
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly CodeRoom _room;
    private readonly RunClock _clock;
    private readonly CodeCalls _calls;
    private (string Code, string Message)? _ended;
    private TaskCompletionSource _paused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CodeRun(CodeRoom room, CodeRequest request)
    {
        (_room, Request) = (room, request);
        Turn = new(request.Caller.Name, PoolWork.Script);
        _clock = new(request.Limit, room.Time, () => End("timeout", $"The script ran for more than {request.Limit.TotalSeconds:0} s ({LimitName(request)})."));
        _calls = new(room, this);
        Started = room.Time.GetTimestamp();
        Finished = Task.Run(RunAsync);
    }

    public string Id { get; } = CodeRuns.NewToken(IdPrefix)[..IdLength];

    /// <summary>Whether a text can be the id of a run at all.</summary>
    public static bool IsId(string text) =>
        text.Length == IdLength && text.StartsWith(IdPrefix, StringComparison.Ordinal) && text.Skip(IdPrefix.Length).All(char.IsAsciiHexDigitLower);

    /// <summary>Its place among those that want workers.</summary>
    public PoolTurn Turn { get; }

    /// <summary>Where it runs.</summary>
    public Sandbox Sandbox => _room.Sandbox;

    public string Caller => Request.Caller.Name;

    public CodeRequest Request { get; }

    public long Started { get; }

    /// <summary>Cancelled when the run shall end, whatever its code catches.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Ends with the script.</summary>
    public Task<CodeEnd> Finished { get; }

    public IReadOnlyList<CallEntry> Entries => _calls.Entries;

    public IReadOnlyList<string> Planned => _calls.Planned;

    /// <summary>What it waits for; null while it works.</summary>
    public PendingConsent? Pending { get; private set; }

    /// <summary>Where news of its calls go while somebody attends it.</summary>
    public Action<Progress> Report { get; set; } = static _ => { };

    /// <summary>Ends when it waits for consent or has come to its end.</summary>
    public Task PauseOrEnd => Task.WhenAny(Volatile.Read(ref _paused).Task, Finished);

    /// <summary>Ends it, with a reason that its result tells.</summary>
    public void End(string code, string message)
    {
        _ended ??= (code, message);
        _stop.Cancel();
    }

    /// <summary>Waits until somebody answers; the run costs nothing but memory meanwhile. One question at a time.</summary>
    /// <exception cref="OperationCanceledException">Nobody did, or the run has ended.</exception>
    public async Task<Answer> AskAsync(PendingConsent pending, CancellationToken cancellationToken)
    {
        try
        {
            var answer = pending.WaitAsync(CodeRuns.ConsentLifetime, _room.Time, cancellationToken); // Its time runs before anybody is told.
            Pause(pending);
            return await answer;
        }
        catch (TimeoutException)
        {
            _room.Runs.Expire(this, "Nobody agreed in five minutes.");
            throw new OperationCanceledException();
        }
        finally
        {
            GoOn();
        }
    }

    /// <summary>Ends as soon as the run does not wait for consent: no call begins meanwhile.</summary>
    public async Task WorkingAsync(CancellationToken cancellationToken)
    {
        while (Pending is { } pending)
        {
            await pending.Over.Task.WaitAsync(cancellationToken);
        }
    }

    // Who asked for less is told so.
    private string LimitName(CodeRequest request) =>
        request.Limit < TimeSpan.FromSeconds(_room.Limits.Seconds) ? ExecuteCodeArguments.TimeoutName : _room.Limits.Setting("seconds");

    private void Pause(PendingConsent pending)
    {
        _clock.Stop();
        _room.Sandbox.Pool.Pause(Turn, () => _room.Runs.MakeRoom(Sandbox));
        Pending = pending;
        _room.Runs.Add(this);
        Volatile.Read(ref _paused).TrySetResult();
    }

    private void GoOn()
    {
        if (Pending is not { } pending)
        {
            return;
        }

        Pending = null;
        try
        {
            _room.Runs.Remove(this);
            Volatile.Write(ref _paused, new(TaskCreationOptions.RunContinuationsAsynchronously));
            _room.Sandbox.Pool.Resume(Turn);
            _clock.Start();
        }
        finally
        {
            pending.Over.SetResult();
        }
    }

    private async Task<CodeEnd> RunAsync()
    {
        using var place = Request.Place;
        var end = await ScriptAsync();
        _clock.Dispose();
        await _calls.SettleAsync(LastWait);
        return end;
    }

    private async Task<CodeEnd> ScriptAsync()
    {
        try
        {
            var end = await _room.Sandbox.Pool.UseAsync(
                Turn,
                "script",
                worker =>
                {
                    _clock.Start();
                    return worker.RunAsync(_calls.Job(), (call, _) => _calls.AnswerAsync(call), _stop.Token);
                },
                _stop.Token);
            return _ended is { } early ? new(null, new(early.Code, "", early.Message, null, null)) { Log = end.Log } : new(end.Json, end.Fault) { Log = end.Log, Unawaited = end.Unawaited };
        }
        catch (OperationCanceledException)
        {
            var (code, message) = _ended ?? ("cancelled", "The run was cancelled.");
            return new(null, new(code, "", message, null, null));
        }
        catch (SandboxException exception)
        {
            return new(null, _ended is { } early ? new(early.Code, "", early.Message, null, null) : new(exception.Code, "", exception.Message, null, null));
        }
    }
}

/// <summary>How the script of a run ended.</summary>
/// <param name="Json">What it returned; null where it failed.</param>
/// <param name="Fault">Why it failed; null where it did not.</param>
internal sealed record CodeEnd(string? Json, ScriptFault? Fault)
{
    public IReadOnlyList<string> Log { get; init; } = [];

    public int Unawaited { get; init; }
}
