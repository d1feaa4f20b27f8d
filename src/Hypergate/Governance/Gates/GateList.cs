using Hypergate.Model;

namespace Hypergate.Governance.Gates;

/// <summary>Makes the gates of the settings that are in force.</summary>
internal static class GateList
{
    /// <param name="settings">As written; paths are absolute.</param>
    /// <param name="run">Runs the scripts of those that have one.</param>
    /// <param name="time">For limits.</param>
    /// <param name="keepsScripts">Whether scripts are read now and hold until the settings come anew; else each call reads them.</param>
    public static IReadOnlyList<IGate> Of(IReadOnlyList<GateSettings> settings, GateRunner run, TimeProvider time, bool keepsScripts = false)
    {
        var counter = new GateCounter(time);
        return [.. settings.Where(static gate => gate.Enabled).Select(IGate (gate) => gate.Script is { } script ? new ScriptGate(gate, script, run, keepsScripts ? File.ReadAllText(script) : null) : new DeclaredGate(gate, counter))];
    }
}
