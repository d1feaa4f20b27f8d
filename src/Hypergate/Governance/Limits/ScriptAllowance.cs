using Hypergate.Schemas;

namespace Hypergate.Governance.Limits;

/// <summary>What the scripts of a role's callers may use, where it is less than the settings give to everybody.</summary>
public sealed record ScriptAllowance
{
    private const string General = "as scripting.limits";

    [Setting("Kilobytes of a script's text.", Minimum = 1, Maximum = 256, DefaultText = General)]
    public int? CodeKilobytes { get; init; }

    [Setting("Kilobytes of the arguments of a script, and of each of its calls.", Minimum = 1, Maximum = 8192, DefaultText = General)]
    public int? ArgumentKilobytes { get; init; }

    [Setting("Megabytes that one call brings to a script.", Minimum = 1, Maximum = 12, DefaultText = General)]
    public int? ResultMegabytes { get; init; }

    [Setting("Calls of one script.", Minimum = 1, Maximum = 200, DefaultText = General)]
    public int? Calls { get; init; }

    [Setting("Calls of one script that are under way at the same time.", Minimum = 1, Maximum = 16, DefaultText = General)]
    public int? CallsAtOnce { get; init; }

    [Setting("Seconds of a script from start to end.", Minimum = 1, Maximum = 600, DefaultText = General)]
    public int? Seconds { get; init; }

    [Setting("Seconds of a composite from start to end.", Minimum = 1, Maximum = 120, DefaultText = General)]
    public int? CompositeSeconds { get; init; }

    [Setting("Seconds of computing.", Minimum = 1, Maximum = 30, DefaultText = General)]
    public int? CpuSeconds { get; init; }

    [Setting("Megabytes of a script's memory.", Minimum = 16, Maximum = 256, DefaultText = General)]
    public int? MemoryMegabytes { get; init; }

    [Setting("Kilobytes of a script's stack.", Minimum = 16, Maximum = 128, DefaultText = General)]
    public int? StackKilobytes { get; init; }

    /// <summary>The least of each.</summary>
    internal static ScriptAllowance Least(IReadOnlyCollection<ScriptAllowance> all) => new()
    {
        CodeKilobytes = all.Min(static one => one.CodeKilobytes),
        ArgumentKilobytes = all.Min(static one => one.ArgumentKilobytes),
        ResultMegabytes = all.Min(static one => one.ResultMegabytes),
        Calls = all.Min(static one => one.Calls),
        CallsAtOnce = all.Min(static one => one.CallsAtOnce),
        Seconds = all.Min(static one => one.Seconds),
        CompositeSeconds = all.Min(static one => one.CompositeSeconds),
        CpuSeconds = all.Min(static one => one.CpuSeconds),
        MemoryMegabytes = all.Min(static one => one.MemoryMegabytes),
        StackKilobytes = all.Min(static one => one.StackKilobytes),
    };
}
