using System.Text.Json;

namespace Hypergate.Scripting;

/// <summary>What a worker is held to, by itself and by its watchdog.</summary>
internal sealed record WorkerLimits
{
    public int ProcessorMilliseconds { get; init; } = 5_000;

    public int StackKilobytes { get; init; } = 64;

    public int MemoryMegabytes { get; init; } = 64;

    public int LogLines { get; init; } = 200;

    public int LogBytes { get; init; } = 16 * 1024;

    public int ResultBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Of the whole process.</summary>
    public long ProcessBytes { get; init; } = 256 * 1024 * 1024;

    public static WorkerLimits Of(ScriptLimits limits) => new()
    {
        ProcessorMilliseconds = limits.CpuSeconds * 1000,
        StackKilobytes = limits.StackKilobytes,
        MemoryMegabytes = limits.MemoryMegabytes,
        ProcessBytes = (192L + limits.MemoryMegabytes) * 1024 * 1024,
    };

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteNumber("cpu_ms", ProcessorMilliseconds);
        writer.WriteNumber("stack_kb", StackKilobytes);
        writer.WriteNumber("memory_mb", MemoryMegabytes);
        writer.WriteNumber("log_lines", LogLines);
        writer.WriteNumber("log_bytes", LogBytes);
        writer.WriteNumber("result_bytes", ResultBytes);
    }
}
