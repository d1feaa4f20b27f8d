namespace Hypergate.Simulator.ProxmoxVe.World;

/// <summary>What runs in a guest through its agent since the guest was started.</summary>
internal sealed class AgentSession
{
    private const int FirstProcess = 4000;
    private int _next = FirstProcess;

    public Dictionary<int, AgentProcess> Processes { get; } = [];

    public int Run(AgentProcess process)
    {
        Processes[_next] = process;
        return _next++;
    }
}

/// <summary>A command that the agent runs.</summary>
internal sealed class AgentProcess
{
    public required DateTimeOffset StartedAt { get; init; }

    public required string Output { get; init; }

    public string Error { get; init; } = "";

    public int ExitCode { get; init; }

    /// <summary>How often its state was asked for.</summary>
    public int Asked { get; set; }
}
