using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Turns guests on and off.</summary>
internal static class GuestPower
{
    /// <summary>What was pending holds from now on.</summary>
    public static void TurnOn(Cluster cluster, Guest guest)
    {
        guest.Config.Apply();
        guest.State = RunState.Running;
        guest.ProcessId = cluster.Tasks.NextProcess();
        guest.StartedAt = cluster.Now;
        guest.Figures = null;
        guest.AgentSession = new AgentSession();
    }

    public static void TurnOff(Guest guest)
    {
        guest.State = RunState.Stopped;
        guest.ProcessId = 0;
        guest.Figures = null;
        guest.Config.Apply();
    }

    /// <summary>Ends the shutdowns of a guest that are still waiting.</summary>
    public static void Overrule(Call call, PveTask task, string type)
    {
        var overruled = call.Cluster.Tasks.All
            .Where(other => other.Running && other != task && other.Upid.Type == type && other.Upid.Id == $"{call.VmId}")
            .ToList();
        overruled.ForEach(call.Cluster.Tasks.Interrupt);
        if (overruled.Count > 0)
        {
            task.Log($"overruled {type} tasks: {string.Join(", ", overruled.Select(static other => other.Text))}");
        }
    }
}
