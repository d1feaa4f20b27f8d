using Hypergate.Governance.Gates;
using Hypergate.Host.Settings;
using Hypergate.Scripting;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Policies;

/// <summary>Runs the tests that lie beside settings and scripts of gates. Nothing is connected to, nothing is sent.</summary>
internal sealed class GateTestRun(SettingsReading reading, SettingsSources sources, ILoggerFactory loggers, TimeProvider time)
{
    private const int MostTold = 5;

    /// <summary>The settings file, and beside it what the tests of gates depend on, where they are run.</summary>
    public static IEnumerable<string> Watched(string file, GatewaySettings settings) =>
        settings.RunGateTests ? [file, .. Scripts(settings), .. GateTestFile.Beside(file, Scripts(settings))] : [file];

    /// <summary>Refuses settings whose gates fail their tests, where the settings want them to be run.</summary>
    /// <exception cref="SettingsException">A test fails or cannot be read; the message says which.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (!reading.Settings.RunGateTests || reading.File is not { } file)
        {
            return;
        }

        var failures = new List<string>();
        await foreach (var (name, failure) in RunAsync(file, cancellationToken))
        {
            if (failure is not null && failures.Count < MostTold)
            {
                failures.Add($"{name}: {failure}");
            }
        }

        if (failures.Count > 0)
        {
            throw new SettingsException($"Tests of gates fail. {string.Join(" ", failures)}");
        }
    }

    /// <summary>Each test with its failure; null for one that passes.</summary>
    /// <param name="file">The settings file, or the script of a gate.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<(string Name, string? Failure)> RunAsync(string file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var sandbox = new Sandbox(reading.Settings.Scripting, Path.Combine(reading.DataFolder, "sandbox"), time, loggers.CreateLogger("Hypergate.Scripting"));
        foreach (var path in GateTestFile.Beside(file, Scripts(reading.Settings)))
        {
            foreach (var test in GateTestFile.Read(path, sources))
            {
                // Limits begin anew, so that no test depends on those before it.
                yield return (test.Name, await test.FailureAsync(GateList.Of(reading.Settings.Gates, sandbox.Gate, time), time, cancellationToken));
            }
        }
    }

    private static IEnumerable<string> Scripts(GatewaySettings settings) => settings.Gates.Where(static gate => gate.Enabled).Select(static gate => gate.Script).OfType<string>();
}
