using System.Globalization;
using Hypergate.Host.Settings;
using Hypergate.Simulator;
using Hypergate.Simulator.ProxmoxVe;
using Hypergate.Simulator.PxCloud;

namespace Hypergate.Host.Cli;

/// <summary>Which platforms the embedded data centre speaks.</summary>
/// <param name="XenOrchestra">Null: no Xen Orchestra.</param>
/// <param name="Proxmox">A Proxmox VE cluster each.</param>
internal sealed record SimulatedFaces(SimulatorOptions? XenOrchestra, IReadOnlyList<ProxmoxOptions> Proxmox)
{
    /// <summary>Null: no PXCloud.</summary>
    public PxCloudOptions? PxCloud { get; init; }

    private static readonly string[] Names = ["lab", "prod"];

    /// <summary>A cluster for each port: lab, prod, then larger ones by number.</summary>
    /// <param name="ports">Separated by commas; null: no cluster.</param>
    /// <param name="options">What they have in common.</param>
    /// <exception cref="SettingsException">A port is none.</exception>
    public static IReadOnlyList<ProxmoxOptions> Clusters(string? ports, ProxmoxOptions options) =>
    [
        .. (ports?.Split(',') ?? []).Select((port, index) => options with
        {
            Port = Port(port),
            Cluster = index < Names.Length ? Names[index] : $"scale{index - Names.Length + 1}",
            Seed = options.Seed + index,
        }),
    ];

    /// <exception cref="SettingsException">It is no port.</exception>
    public static int Port(int port) => port is >= 0 and <= 65_535 ? port : throw new SettingsException($"'{port}' is no port: --pxcloud takes one, such as 8443, or 0.");

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65_535
            ? port
            : throw new SettingsException($"'{text}' is no port: --pve takes ports separated by commas, such as 8006,8007.");
}
