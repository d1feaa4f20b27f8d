using Hypergate.Model;

namespace Hypergate.Governance.Gates;

/// <summary>Makes the gates of the settings that are in force.</summary>
internal static class GateList
{
    /// <param name="settings">As written; paths are absolute.</param>
    /// <param name="run">Runs the scripts of those that have one.</param>
    /// <param name="time">For limits.</param>
    public static IReadOnlyList<IGate> Of(IReadOnlyList<GateSettings> settings, GateRunner run, TimeProvider time)
    {
        var counter = new GateCounter(time);
        return [.. settings.Where(static gate => gate.Enabled).Select(IGate (gate) => gate.Script is { } script ? new ScriptGate(gate, script, run) : new DeclaredGate(gate, counter))];
    }
}
