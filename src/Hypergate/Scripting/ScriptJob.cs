using System.Text.Json;

namespace Hypergate.Scripting;

/// <summary>JavaScript to run.</summary>
/// <param name="Kind"><c>script</c>, <c>composite</c> or <c>gate</c>: which names it finds.</param>
/// <param name="Code">The caller's text.</param>
/// <param name="Variables">Global constants: JSON texts by name.</param>
/// <param name="Backends">What <c>api</c> lists.</param>
internal sealed record ScriptJob(string Kind, string Code, IReadOnlyDictionary<string, string> Variables, IReadOnlyList<ScriptBackend> Backends)
{
    /// <summary>Processor time, where it is not the worker's own limit.</summary>
    public int? ProcessorMilliseconds { get; init; }

    /// <summary>Memory, where it is not the worker's own limit.</summary>
    public int? MemoryMegabytes { get; init; }

    /// <summary>Stack, where it is not the worker's own limit.</summary>
    public int? StackKilobytes { get; init; }

    /// <summary>The one member of <c>ctx</c> that a gate may change, and whose value it gives back; null for all others.</summary>
    public string? Open { get; init; }

    /// <summary>The same under the limits of its caller.</summary>
    public ScriptJob Under(ScriptLimits limits) => this with
    {
        ProcessorMilliseconds = limits.CpuSeconds * 1000,
        MemoryMegabytes = limits.MemoryMegabytes,
        StackKilobytes = limits.StackKilobytes,
    };

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("kind", Kind);
        writer.WriteString("code", Code);
        writer.WriteStartObject("vars");
        foreach (var (name, json) in Variables)
        {
            writer.WriteString(name, json);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("backends");
        foreach (var backend in Backends)
        {
            writer.WriteStartObject();
            writer.WriteString("name", backend.Name);
            writer.WriteString("kind", backend.Kind);
            writer.WriteString("title", backend.Title);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (Open is { } open)
        {
            writer.WriteString("open", open);
        }

        writer.WriteStartObject("limits");
        WriteLimit(writer, "cpu_ms", ProcessorMilliseconds);
        WriteLimit(writer, "memory_mb", MemoryMegabytes);
        WriteLimit(writer, "stack_kb", StackKilobytes);
        writer.WriteEndObject();
    }

    private static void WriteLimit(Utf8JsonWriter writer, string name, int? limit)
    {
        if (limit is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }
}

/// <summary>A backend as scripts see it.</summary>
internal sealed record ScriptBackend(string Name, string Kind, string Title);

/// <summary>A call that a script makes.</summary>
/// <param name="Number">From 1, in the order in which the script made them.</param>
/// <param name="Path">The names as written.</param>
/// <param name="Json">The arguments, a JSON object as text, not yet parsed.</param>
internal sealed record ScriptCall(int Number, IReadOnlyList<string> Path, string Json, int? Line, int? Column);

/// <summary>The answer to a call: a JSON text that it resolves to, or an object that it throws.</summary>
internal sealed record ScriptReply(bool IsDone, string Json);

/// <summary>Answers a call of a script. Never throws but for cancellation.</summary>
internal delegate Task<ScriptReply> ScriptCallHandler(ScriptCall call, CancellationToken cancellationToken);

/// <summary>How a script ended.</summary>
/// <param name="Json">What it returned, as text; null where it failed.</param>
/// <param name="Fault">Why it failed; null where it did not.</param>
/// <param name="Unawaited">Calls that were still under way when it returned.</param>
/// <param name="Log">Its console.</param>
internal sealed record ScriptEnd(string? Json, ScriptFault? Fault, int Unawaited, IReadOnlyList<string> Log)
{
    public long ProcessorMilliseconds { get; init; }

    public long PeakBytes { get; init; }
}
