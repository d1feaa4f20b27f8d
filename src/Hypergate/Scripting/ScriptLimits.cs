using Hypergate.Schemas;

namespace Hypergate.Scripting;

/// <summary>What one script may use.</summary>
public sealed record ScriptLimits
{
    [Setting("Kilobytes of the script's text.", Minimum = 1, Maximum = 256)]
    public int CodeKilobytes { get; init; } = 64;

    [Setting("Kilobytes of the arguments of a script, and of each of its calls.", Minimum = 1, Maximum = 8192)]
    public int ArgumentKilobytes { get; init; } = 1024;

    [Setting("Calls of one script.", Minimum = 1, Maximum = 200)]
    public int Calls { get; init; } = 50;

    [Setting("Calls of one script that are under way at the same time; further ones wait.", Minimum = 1, Maximum = 16)]
    public int CallsAtOnce { get; init; } = 8;

    [Setting("Seconds from start to end; waiting for consent does not count.", Minimum = 1, Maximum = 600)]
    public int Seconds { get; init; } = 120;

    [Setting("Seconds of computing.", Minimum = 1, Maximum = 30)]
    public int CpuSeconds { get; init; } = 5;

    [Setting("Megabytes of the script's memory.", Minimum = 16, Maximum = 256)]
    public int MemoryMegabytes { get; init; } = 64;

    [Setting("Kilobytes of one listing of operations.", Minimum = 4, Maximum = 50)]
    public int ListingKilobytes { get; init; } = 24;
}
