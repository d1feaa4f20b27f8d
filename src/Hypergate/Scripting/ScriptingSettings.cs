using Hypergate.Schemas;

namespace Hypergate.Scripting;

/// <summary>How scripts and jq programs run.</summary>
public sealed record ScriptingSettings
{
    [Setting("The Node.js, version 20 or later, that runs scripts and jq programs: a path.", DefaultText = "node on the PATH", Example = "/usr/bin/node")]
    public string? Node { get; init; }

    [Setting("How many worker processes may run at once.", Minimum = 1, Maximum = 8, DefaultText = "one for each processor, at most 8")]
    public int? Workers { get; init; }

    [Setting("Whether the system takes the network away from workers, beside Node's own permissions. auto: where it can. required: scripts are unavailable where it cannot. none: never.")]
    public ScriptIsolation Isolation { get; init; } = ScriptIsolation.Auto;

    [Setting("What one script may use.")]
    public ScriptLimits Limits { get; init; } = new();

    /// <summary>How many workers there may be.</summary>
    internal int MostWorkers => Workers ?? Math.Clamp(Environment.ProcessorCount, 1, 8);
}
