using Hypergate.Host.Settings;
using Hypergate.Scripting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Host.Doctor;

/// <summary>What runs scripts and jq programs, and which walls are up. A worker is started, so that what is said is seen.</summary>
internal static class ScriptingDiagnosis
{
    private const string Area = "scripting";
    private const string Advice = "Install Node 20 or later, or set scripting.node, where scripts (code mode) or filters in descriptions are wanted; everything else works without.";

    /// <param name="settings">Null where they cannot be read.</param>
    /// <param name="folder">An empty folder for the worker to stand in.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Diagnosis> RunAsync(GatewaySettings? settings, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var sandbox = new Sandbox(settings?.Scripting ?? new(), folder, time, NullLogger.Instance);
        try
        {
            var report = await sandbox.ReportAsync(cancellationToken);
            return report.Node.HasNoNetwork
                ? Diagnosis.Fine(Area, report.Text)
                : Diagnosis.Warn(Area, report.Text, "Scripts still run in QuickJS without a way to it; Node.js 25, or unshare or bwrap (bubblewrap) with user namespaces, takes it from their process as well.");
        }
        catch (SandboxException exception)
        {
            return settings is not null && IsNeeded(settings)
                ? Diagnosis.Wrong(Area, exception.Message, "The settings ask for it (surfaces: code, or the script of a gate). Install Node 20 or later, or set scripting.node.")
                : Diagnosis.Warn(Area, exception.Message, Advice);
        }
    }

    private static bool IsNeeded(GatewaySettings settings) =>
        settings.ShownSurfaces.Contains(Surface.Code) || settings.Gates.Any(static gate => gate is { Enabled: true, Script: not null });
}
