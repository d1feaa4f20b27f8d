using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>The numbers of a guest as fields.</summary>
internal static class FigureRows
{
    public static IEnumerable<(string Name, JsonNode Value)> Of(GuestFigures figures) =>
    [
        ("maxcpu", figures.MaxCpu), ("cpu", figures.Cpu), ("maxmem", figures.MaxMemory), ("mem", figures.Memory), ("memhost", figures.MemoryHost),
        ("maxdisk", figures.MaxDisk), ("disk", figures.Disk), ("netin", figures.NetIn), ("netout", figures.NetOut),
        ("diskread", figures.DiskRead), ("diskwrite", figures.DiskWrite), ("uptime", figures.Uptime),
    ];
}
