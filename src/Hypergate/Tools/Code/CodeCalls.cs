using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Hypergate.Scripting;

namespace Hypergate.Tools.Code;

/// <summary>The calls of one run: counted, named, sent through the one pipeline as the caller, and written down.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It holds nothing but memory.")]
internal sealed class CodeCalls
{
    private readonly CodeRoom _room;
    private readonly CodeRun _run;
    private readonly CallSender _sender;
    private readonly GatewayCalls _own;
    private readonly SemaphoreSlim _places;
    private readonly Lock _lock = new(); // Guards the two lists below.
    private readonly List<CallEntry> _entries = [];
    private readonly List<Task> _open = [];

    public CodeCalls(CodeRoom room, CodeRun run)
    {
        (_room, _run) = (room, run);
        _places = new(Limits.CallsAtOnce);
        _sender = new(room, run);
        _own = new(room, run);
    }

    public IReadOnlyList<CallEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>The changes that a preview planned, each as a hash.</summary>
    public IReadOnlyList<string> Planned => _sender.Planned;

    private ScriptLimits Limits => _room.Limits;

    public ScriptJob Job() => new ScriptJob(
        "script",
        _run.Request.Code,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["args"] = ScriptJson.Of(JsonElement.Parse(_run.Request.Arguments)) },
        [.. _room.Surroundings.Backends.Select(backend => new ScriptBackend(ScriptNames.Of(backend.Name), backend.Kind.Name, BackendTitle.Of(backend, _room.Surroundings.Catalog.Current)))]).Under(Limits);

    /// <summary>Answers one call of the script.</summary>
    public Task<ScriptReply> AnswerAsync(ScriptCall call)
    {
        if (GatewayCalls.IsPause(call))
        {
            return _own.PauseAsync(call, _run.Stopping);
        }

        CallEntry entry;
        TaskCompletionSource open = new();
        lock (_lock)
        {
            if (_entries.Count >= Limits.Calls)
            {
                _run.End("call_limit", $"The script made more than {Limits.Calls} calls ({Limits.Setting("calls")}).");
                return Task.FromResult(new ScriptReply(false, ToolErrorJson.Of("call_limit", $"more than {Limits.Calls} calls")));
            }

            entry = _sender.Enter(_entries.Count + 1, call);
            _entries.Add(entry);
            _open.Add(open.Task);
        }

        return AnswerAsync(entry, call, open);
    }

    /// <summary>Waits for calls that are still under way, so that what they did is known.</summary>
    public async Task SettleAsync(TimeSpan patience)
    {
        Task[] open;
        lock (_lock)
        {
            open = [.. _open];
        }

        await Task.WhenAll(open).WaitAsync(patience, _room.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var entry in Entries.Where(static entry => entry is { End: CallEnd.Running, Changes: true, IsSent: true }))
        {
            entry.End = CallEnd.Uncertain;
        }
    }

    // Once it has begun a call ends with the run, not with the worker: what it did must be known.
    private async Task<ScriptReply> AnswerAsync(CallEntry entry, ScriptCall call, TaskCompletionSource open)
    {
        var started = _room.Time.GetTimestamp();
        try
        {
            await _run.WorkingAsync(_run.Stopping);
            await _places.WaitAsync(_run.Stopping);
            try
            {
                started = _room.Time.GetTimestamp();
                return await ReplyAsync(entry, call);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException)
        {
            entry.End = entry is { Changes: true, IsSent: true } ? CallEnd.Uncertain : CallEnd.Failed;
            entry.Word = "cancelled";
            throw;
        }
        finally
        {
            entry.Took = _room.Time.GetElapsedTime(started);
            open.SetResult();
        }
    }

    private async Task<ScriptReply> ReplyAsync(CallEntry entry, ScriptCall call)
    {
        if (Encoding.UTF8.GetByteCount(call.Json) > Limits.ArgumentKilobytes * 1024)
        {
            return Failed(entry, new("invalid_input", $"the arguments are longer than {Limits.ArgumentKilobytes} kB ({Limits.Setting("argumentKilobytes")})"));
        }

        JsonElement arguments;
        try
        {
            arguments = JsonElement.Parse(call.Json);
        }
        catch (JsonException)
        {
            return Failed(entry, new("invalid_input", "the arguments are no JSON, or nested too deeply"));
        }

        if (arguments.ValueKind != JsonValueKind.Object)
        {
            return Failed(entry, new("invalid_input", $"{entry.Tool} takes one object with its arguments"));
        }

        var reply = GatewayCalls.Is(call) ? await _own.AnswerAsync(call, arguments, _run.Stopping) : await _sender.SendAsync(entry, call, arguments, _run.Stopping);
        if (reply.Error is { } error)
        {
            return Failed(entry, error);
        }

        entry.End = entry.End == CallEnd.Running ? CallEnd.Done : entry.End;
        return new(true, reply.Json);
    }

    private static ScriptReply Failed(CallEntry entry, CodeError error)
    {
        entry.End = entry.End == CallEnd.Running ? CallEnd.Failed : entry.End;
        entry.Word = error.Call?.HttpStatus is { } status ? $"{error.Code} {status}" : error.Code;
        return new(false, error.ToJson(entry.Tool, entry.Backend));
    }
}
