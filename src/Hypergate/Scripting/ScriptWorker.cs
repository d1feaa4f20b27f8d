using System.Security.Cryptography;

namespace Hypergate.Scripting;

/// <summary>
/// One worker: starting, idle, busy with one job, gone. It believes nothing: a message that does not fit ends the worker and fails its
/// job.
/// </summary>
internal sealed class ScriptWorker : IDisposable
{
    private const int MostJobs = 200;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MostAge = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan MostProcessor = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private readonly WorkerConnection _connection;
    private readonly WorkerLimits _limits;
    private readonly TimeProvider _time;
    private readonly WorkerReader _reader;
    private readonly WorkerWriter _writer;
    private readonly long _startedAt;
    private int _jobs;
    private string? _fault;

    public ScriptWorker(WorkerConnection connection, WorkerLimits limits, TimeProvider time)
    {
        (_connection, _limits, _time) = (connection, limits, time);
        _reader = new(connection.FromWorker);
        _writer = new(connection.ToWorker, time, GiveUp);
        _startedAt = time.GetTimestamp();
    }

    /// <summary>False once it must not be used again.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <summary>How it broke the rules; null where it did not, whatever limit it ended at.</summary>
    public string? Crashed { get; private set; }

    /// <summary>Whether it may have another job: it is usable, and neither old nor worn.</summary>
    public bool IsFresh => IsUsable && _jobs < MostJobs && _time.GetElapsedTime(_startedAt) < MostAge && _connection.Usage().Processor < MostProcessor;

    /// <summary>Whether its process runs; an idle worker may have been ended by the system.</summary>
    public bool IsAlive => _connection.Usage().Bytes > 0;

    /// <summary>Engines and their versions; set once it has started.</summary>
    public WorkerMessage.Ready? Versions { get; private set; }

    /// <summary>Waits until it is ready for jobs.</summary>
    /// <exception cref="SandboxException">It never is.</exception>
    public async Task GreetAsync(CancellationToken cancellationToken)
    {
        var nonce = NewId();
        await using var dog = new Watchdog(_connection, StartLimit, "sandbox_unavailable", _limits.ProcessBytes, _time);
        await using var kill = cancellationToken.Register(_connection.Kill);
        await _writer.WriteAsync("hello", writer =>
        {
            writer.WriteNumber("protocol", WorkerProtocol.Version);
            writer.WriteString("nonce", nonce);
            writer.WriteStartObject("limits");
            _limits.Write(writer);
            writer.WriteEndObject();
        });
        var message = await NextAsync(dog, cancellationToken);
        Versions = message is WorkerMessage.Ready ready && ready.Nonce == nonce ? ready : throw Crash("it does not answer as our own worker does");
    }

    /// <summary>Runs a jq program.</summary>
    /// <exception cref="SandboxException">It did not come to an end.</exception>
    public async Task<WorkerMessage.Transformed> TransformAsync(string program, ReadOnlyMemory<byte> input, JqLimits limits, CancellationToken cancellationToken)
    {
        var job = Begin();
        await using var dog = new Watchdog(_connection, limits.Time, "timeout", _limits.ProcessBytes + JqLimits.EngineBytes, _time);
        await using var kill = cancellationToken.Register(() => GiveUp("the call was cancelled"));
        await _writer.WriteAsync("jq", writer =>
        {
            writer.WriteString("job", job);
            writer.WriteString("program", program);
            writer.WriteString("input", input.Span);
            writer.WriteNumber("max_outputs", JqLimits.MostOutputs);
            writer.WriteNumber("max_bytes", JqLimits.MostBytes);
        });
        var message = await NextAsync(dog, cancellationToken);
        return message is WorkerMessage.Transformed end && end.Job == job ? end : throw Crash("it answered something else than the end of a jq program");
    }

    /// <summary>Only parses.</summary>
    /// <param name="kind"><c>script</c> or <c>jq</c>.</param>
    /// <param name="code">The text.</param>
    /// <returns>What is wrong with it; null for nothing.</returns>
    public async Task<ScriptFault?> CheckAsync(string kind, string code, CancellationToken cancellationToken)
    {
        var job = Begin();
        await using var dog = new Watchdog(_connection, Silence, "timeout", _limits.ProcessBytes, _time);
        await using var kill = cancellationToken.Register(() => GiveUp("the call was cancelled"));
        await _writer.WriteAsync("check", writer =>
        {
            writer.WriteString("job", job);
            writer.WriteString("kind", kind);
            writer.WriteString("code", code);
        });
        var message = await NextAsync(dog, cancellationToken);
        return message is WorkerMessage.Checked end && end.Job == job ? end.Error : throw Crash("it answered something else than the end of a check");
    }

    /// <summary>Runs a script; its calls go to <paramref name="handler"/>, several at once.</summary>
    /// <param name="job">The script.</param>
    /// <param name="handler">Answers its calls.</param>
    /// <param name="cancellationToken">Ends it: at the next turn, or with the process.</param>
    /// <exception cref="SandboxException">It did not come to an end.</exception>
    public async Task<ScriptEnd> RunAsync(ScriptJob job, ScriptCallHandler handler, CancellationToken cancellationToken)
    {
        var id = Begin();
        await using var dog = new Watchdog(_connection, Silence, "timeout", _limits.ProcessBytes, _time);
        await _writer.WriteAsync("run", writer =>
        {
            writer.WriteString("job", id);
            job.Write(writer);
        });
        using var run = new WorkerRun(id, _writer, handler, _limits, _time, GiveUp);
        await using var cancel = cancellationToken.Register(run.Cancel);
        while (true)
        {
            var message = await NextAsync(dog, cancellationToken);
            dog.Hear();
            if (run.Take(message) is { } end)
            {
                return end;
            }

            if (run.Fault is { } fault)
            {
                throw Crash(fault);
            }
        }
    }

    /// <summary>Ends it: with a word, and by force where it does not listen.</summary>
    public async Task EndAsync()
    {
        if (IsUsable)
        {
            IsUsable = false;
            await _writer.WriteAsync("bye", static _ => { });
        }

        _connection.Kill();
    }

    public void Dispose()
    {
        _connection.Kill();
        _writer.Dispose();
    }

    private static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private string Begin()
    {
        _jobs++;
        return NewId();
    }

    private async Task<WorkerMessage> NextAsync(Watchdog dog, CancellationToken cancellationToken)
    {
        try
        {
            if (await _reader.ReadAsync(CancellationToken.None) is { } message)
            {
                IsUsable &= message is not (WorkerMessage.Ended { IsBroken: true } or WorkerMessage.Transformed { IsBroken: true });
                return message;
            }
        }
        catch (WorkerFaultException exception)
        {
            throw Crash(exception.Message);
        }

        IsUsable = false;
        cancellationToken.ThrowIfCancellationRequested();
        throw dog.Verdict ?? Crash(_fault ?? "it ended in the middle of a job");
    }

    private void GiveUp(string why)
    {
        _fault ??= why;
        IsUsable = false;
        _connection.Kill();
    }

    private SandboxException Crash(string why)
    {
        GiveUp(why);
        Crashed = why;
        return new("sandbox_crashed", $"The script worker failed: {why}.");
    }
}
