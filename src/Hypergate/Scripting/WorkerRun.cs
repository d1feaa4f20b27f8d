namespace Hypergate.Scripting;

/// <summary>A script on a worker, from the gateway's side: which of the worker's messages fit, and the answers to its calls.</summary>
internal sealed class WorkerRun(string job, WorkerWriter writer, ScriptCallHandler handler, WorkerLimits limits, TimeProvider time, Action<string> giveUp) : IDisposable
{
    // More calls than any limit lets through: what goes on beyond is no script but a broken worker.
    private const int MostCalls = 100_000;
    private const int LongestLine = 401;
    private static readonly TimeSpan CancelLimit = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _end = new();
    private readonly List<string> _log = [];
    private int _calls;
    private int _unlogged;
    private int _logged;
    private ITimer? _killer;

    /// <summary>What the worker did that it must not; null for nothing.</summary>
    public string? Fault { get; private set; }

    /// <summary>Takes a message; gives the end where it is the last one.</summary>
    public ScriptEnd? Take(WorkerMessage message)
    {
        switch (message)
        {
            case WorkerMessage.Called call when call.Job == job && call.Number == _calls + 1 && call.Number <= MostCalls:
                _calls++;
                _ = AnswerAsync(new(call.Number, call.Path, call.Json, call.Line, call.Column));
                return null;
            case WorkerMessage.Logged line when line.Job == job:
                Keep(line);
                return null;
            case WorkerMessage.Beat beat when beat.Job == job:
                return null;
            case WorkerMessage.Ended end when end.Job == job:
                return new(end.Json, end.Error, end.Unawaited, Log()) { ProcessorMilliseconds = end.ProcessorMilliseconds, PeakBytes = end.PeakBytes };
            default:
                Fault = $"it said '{message.GetType().Name}' where that does not fit";
                return null;
        }
    }

    /// <summary>Asks the worker to stop, and kills it where it does not.</summary>
    public void Cancel()
    {
        _killer = time.CreateTimer(_ => giveUp("it did not stop"), null, CancelLimit, Timeout.InfiniteTimeSpan);
        _ = writer.WriteAsync("cancel", message =>
        {
            message.WriteString("job", job);
            message.WriteString("why", "the run has ended");
        });
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _killer?.Dispose();
    }

    private async Task AnswerAsync(ScriptCall call)
    {
        try
        {
            var reply = await handler(call, _end.Token);
            try
            {
                await ReplyAsync(call, reply);
            }
            catch (SandboxException exception)
            {
                await ReplyAsync(call, new(false, ToolErrorJson.Of(exception.Code, exception.Message)));
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended; nobody waits for the answer.
        }
        catch (ObjectDisposedException)
        {
            // So has the worker.
        }
#pragma warning disable CA1031 // A bug in the gateway must end the script, which would wait for this answer for ever.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            giveUp($"call {call.Number} failed in the gateway itself ({exception.GetType().Name}: {exception.Message})");
        }
    }

    private Task ReplyAsync(ScriptCall call, ScriptReply reply) => writer.WriteAsync("reply", message =>
    {
        message.WriteString("job", job);
        message.WriteNumber("call", call.Number);
        message.WriteBoolean("ok", reply.IsDone);
        if (reply.IsDone)
        {
            message.WriteString("json", reply.Json);
            return;
        }

        message.WritePropertyName("error");
        message.WriteRawValue(reply.Json);
    });

    private void Keep(WorkerMessage.Logged line)
    {
        _logged += line.Text.Length;
        if (_log.Count > limits.LogLines || _logged > limits.LogBytes + LongestLine)
        {
            _unlogged++;
            return;
        }

        _log.Add(line.Level is "log" or "info" ? line.Text : $"{line.Level}: {line.Text}");
    }

    private List<string> Log() => _unlogged == 0 ? _log : [.. _log, $"… {_unlogged} more lines"];
}
