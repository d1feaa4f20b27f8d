using Hypergate.Governance.Limits;
using Hypergate.Schemas;

namespace Hypergate.Scripting;

/// <summary>What one script may use.</summary>
public sealed record ScriptLimits
{
    [Setting("Kilobytes of the script's text.", Minimum = 1, Maximum = 256)]
    public int CodeKilobytes { get; init; } = 64;

    [Setting("Kilobytes of the arguments of a script, and of each of its calls.", Minimum = 1, Maximum = 8192)]
    public int ArgumentKilobytes { get; init; } = 1024;

    [Setting("Megabytes that one call brings to a script.", Minimum = 1, Maximum = 12)]
    public int ResultMegabytes { get; init; } = 10;

    [Setting("Calls of one script.", Minimum = 1, Maximum = 200)]
    public int Calls { get; init; } = 50;

    [Setting("Calls of one script that are under way at the same time; further ones wait.", Minimum = 1, Maximum = 16)]
    public int CallsAtOnce { get; init; } = 8;

    [Setting("Seconds from start to end; waiting for consent does not count.", Minimum = 1, Maximum = 600)]
    public int Seconds { get; init; } = 120;

    [Setting("Seconds of a composite from start to end, whatever its file says (30 where that says nothing).", Minimum = 1, Maximum = 120)]
    public int CompositeSeconds { get; init; } = 120;

    [Setting("Seconds of computing.", Minimum = 1, Maximum = 30)]
    public int CpuSeconds { get; init; } = 5;

    [Setting("Megabytes of the script's memory.", Minimum = 16, Maximum = 256)]
    public int MemoryMegabytes { get; init; } = 64;

    [Setting("Kilobytes of the script's stack; 64 are about 400 functions that call each other.", Minimum = 16, Maximum = 128)]
    public int StackKilobytes { get; init; } = 64;

    [Setting("Kilobytes of one listing of operations.", Minimum = 4, Maximum = 50)]
    public int ListingKilobytes { get; init; } = 24;

    // Whether roles gave less of anything.
    private bool IsLowered { get; init; }

    /// <summary>The lesser of each.</summary>
    internal ScriptLimits Under(ScriptAllowance allowance) => allowance == new ScriptAllowance() ? this : this with
    {
        CodeKilobytes = Least(CodeKilobytes, allowance.CodeKilobytes),
        ArgumentKilobytes = Least(ArgumentKilobytes, allowance.ArgumentKilobytes),
        ResultMegabytes = Least(ResultMegabytes, allowance.ResultMegabytes),
        Calls = Least(Calls, allowance.Calls),
        CallsAtOnce = Least(CallsAtOnce, allowance.CallsAtOnce),
        Seconds = Least(Seconds, allowance.Seconds),
        CompositeSeconds = Least(CompositeSeconds, allowance.CompositeSeconds),
        CpuSeconds = Least(CpuSeconds, allowance.CpuSeconds),
        MemoryMegabytes = Least(MemoryMegabytes, allowance.MemoryMegabytes),
        StackKilobytes = Least(StackKilobytes, allowance.StackKilobytes),
        IsLowered = true,
    };

    /// <summary>Where a limit is set, for messages.</summary>
    /// <param name="name">Its name in the settings.</param>
    internal string Setting(string name) => IsLowered ? $"scripting.limits.{name}, or script.{name} of a role" : $"scripting.limits.{name}";

    /// <summary>Which limit a script met, beside the words of the engine that ended it; nothing where it met none.</summary>
    internal string Beside(ScriptFault fault) => fault.Code switch
    {
        "cpu_limit" => $" ({Setting("cpuSeconds")})",
        "memory_limit" when fault.Message.Contains(" MB", StringComparison.Ordinal) => $" ({Setting("memoryMegabytes")})",
        "memory_limit" => $": the script may use {MemoryMegabytes} MB ({Setting("memoryMegabytes")})",
        "stack_overflow" => $": the script has {StackKilobytes} kB of stack ({Setting("stackKilobytes")})",
        _ => "",
    };

    private static int Least(int general, int? own) => Math.Min(general, own ?? general);
}
