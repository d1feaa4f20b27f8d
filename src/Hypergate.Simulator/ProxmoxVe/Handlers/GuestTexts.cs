using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>What guests refuse, with the platform's texts.</summary>
internal static class GuestTexts
{
    /// <summary>The guest that an operation runs on, found when it runs.</summary>
    /// <exception cref="PveError">There is none on the node.</exception>
    public static Guest Running(Call call, string type)
    {
        var guest = Found(call, type);
        return guest.State != RunState.Stopped ? guest : throw new PveError($"{guest.Label} not running");
    }

    /// <summary>The guest of the path, with the text of operations that look for its process first.</summary>
    public static Guest Found(Call call, string type) =>
        call.Cluster.Guests.TryGetValue(call.VmId, out var guest) && guest.Type == type && guest.Node == call.Node
            ? guest
            : throw new PveError($"unable to find configuration file for {(type == "qemu" ? "VM" : "CT")} {call.VmId} on node '{call.Node}'");

    /// <summary>Refuses where a guest is locked.</summary>
    public static void DemandUnlocked(Guest guest, Call call, params ReadOnlySpan<string> except)
    {
        if (guest.Lock is { } held && !except.Contains(held) && !call.Flag("skiplock"))
        {
            throw new PveError($"{(guest.IsQemu ? "VM" : "CT")} is locked ({held})");
        }
    }

    /// <summary>The options that only the ticket of root may use.</summary>
    public static void DemandRootFor(Call call, params ReadOnlySpan<string> options)
    {
        foreach (var option in options)
        {
            if (call.Flag(option) && !call.IsRoot)
            {
                throw PveError.Parameter(option, "Only root may use this option.");
            }
        }
    }

    /// <summary>Fails the task where the digest of the configuration is another one.</summary>
    public static void DemandDigest(Guest guest, Call call)
    {
        if (call["digest"] is { } digest && digest != guest.Config.Digest())
        {
            throw new PveError("checksum mismatch (file change by other user?)");
        }
    }

    public static TaskError NoSnapshot(string name) => new($"snapshot '{name}' does not exist");
}
