namespace Hypergate.Simulator.ProxmoxVe.World;

/// <summary>What a guest's hypervisor does with it.</summary>
internal enum RunState
{
    Stopped,
    Running,
    Paused,
}

/// <summary>What the agent in a guest does.</summary>
internal enum AgentState
{
    /// <summary>Installed and answering, where the configuration allows it.</summary>
    Running,

    /// <summary>Not there, or hung.</summary>
    Silent,
}
