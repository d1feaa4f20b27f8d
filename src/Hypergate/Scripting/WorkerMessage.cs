using System.Text.Json;

namespace Hypergate.Scripting;

/// <summary>What a worker says. It is not trusted: whatever does not fit is a fault, and ends it.</summary>
internal abstract record WorkerMessage
{
    private WorkerMessage()
    {
    }

    internal sealed record Ready(string Nonce, string Node, string QuickJs, string Jq) : WorkerMessage;

    /// <summary>A script calls an operation.</summary>
    /// <param name="Path">The names as written: <c>api.xo.list_vms</c> is <c>xo</c>, <c>list_vms</c>.</param>
    /// <param name="Json">The arguments, a JSON object as text.</param>
    internal sealed record Called(string Job, int Number, IReadOnlyList<string> Path, string Json, int? Line, int? Column) : WorkerMessage;

    internal sealed record Logged(string Job, string Level, string Text) : WorkerMessage;

    internal sealed record Beat(string Job, bool IsWaiting) : WorkerMessage;

    /// <param name="Json">What the script returned, as text; null where it failed.</param>
    /// <param name="Error">Why it failed; null where it did not.</param>
    /// <param name="IsBroken">An engine failed in a way after which the worker must not be used again.</param>
    internal sealed record Ended(string Job, string? Json, ScriptFault? Error, int Unawaited, long ProcessorMilliseconds, long PeakBytes, bool IsBroken) : WorkerMessage;

    /// <param name="Outputs">JSON texts; empty where it failed.</param>
    internal sealed record Transformed(string Job, IReadOnlyList<ReadOnlyMemory<byte>> Outputs, string? Code, string? Error, bool IsBroken) : WorkerMessage;

    internal sealed record Checked(string Job, ScriptFault? Error) : WorkerMessage;

    internal sealed record Pong(long Number) : WorkerMessage;
}

/// <summary>Why a script failed, in the isolate's words.</summary>
/// <param name="Code">One word: <c>script_error</c>, <c>syntax_error</c>, <c>cpu_limit</c>, or the code of a failed call.</param>
/// <param name="Name">The class of the error.</param>
/// <param name="Message">Not cleaned.</param>
/// <param name="Line">In the caller's text, from 1; null where it is not known.</param>
public sealed record ScriptFault(string Code, string Name, string Message, int? Line, int? Column)
{
    /// <summary>Whether line and column are where it went wrong; else they are those of the last call before.</summary>
    public bool IsExact { get; init; }

    /// <summary>The frames of the caller's text, innermost first.</summary>
    public IReadOnlyList<string> Stack { get; init; } = [];

    /// <summary>The members of a failed call's error; undefined for other errors.</summary>
    public JsonElement Data { get; init; }
}
