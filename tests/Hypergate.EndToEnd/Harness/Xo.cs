using Hypergate.Simulator;
using Hypergate.Simulator.XenOrchestra;
using Hypergate.Tests.Shared;

namespace Hypergate.EndToEnd.Harness;

/// <summary>Simulated Xen Orchestras, and the variables that lead the program to them.</summary>
internal static class Xo
{
    public static SimulatorOptions Small { get; } = new() { Vms = 40, CacheLag = TimeSpan.Zero, TaskDuration = 0.1 };

    public static Task<XoSimulator> StartAsync(SimulatorOptions? options = null) =>
        XoSimulator.StartAsync(options ?? Small, TimeProvider.System, TestContext.Current.CancellationToken);

    public static string Address(XoSimulator simulator) => simulator.Url.ToString().TrimEnd('/');

    public static (string, string)[] Reading(XoSimulator simulator) => [("XO_URL", Address(simulator)), ("XO_TOKEN", simulator.Token)];

    public static (string, string)[] Acting(XoSimulator simulator) => [.. Reading(simulator), ("XO_MCP_ENABLE_ACTIONS", "1")];

    /// <summary>A port on 127.0.0.1 where nobody listens.</summary>
    public static int FreePort() => FreePorts.Next();
}
