namespace Hypergate.Simulator.ProxmoxVe.World;

/// <summary>A virtual machine or a container.</summary>
internal sealed class Guest
{
    public required int VmId { get; init; }

    /// <summary><c>qemu</c> or <c>lxc</c>.</summary>
    public required string Type { get; init; }

    public required string Node { get; set; }

    public GuestConfig Config { get; } = new();

    public RunState State { get; set; }

    public int ProcessId { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public AgentState Agent { get; set; } = AgentState.Running;

    public AgentSession AgentSession { get; set; } = new();

    /// <summary>Numbers that are told instead of computed ones; null: they are computed.</summary>
    public FixedFigures? Figures { get; set; }

    /// <summary>What is told in <c>/cluster/resources</c> until the next broadcast; null: nothing was told yet.</summary>
    public GuestFigures? Broadcast { get; set; }

    public bool IsQemu => Type == "qemu";

    public bool IsTemplate => Config["template"] == "1";

    public string? Lock
    {
        get => Config["lock"];
        set => Config["lock"] = value;
    }

    /// <summary>The name; containers keep it as their host name.</summary>
    public string Name => Config[IsQemu ? "name" : "hostname"] ?? (IsQemu ? $"VM {VmId}" : $"CT{VmId}");

    public string[] Tags => Config["tags"]?.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>How the platform names it in texts.</summary>
    public string Label => $"{(IsQemu ? "VM" : "CT")} {VmId}";
}

/// <summary>Numbers of a guest that never change.</summary>
internal sealed record FixedFigures(double Cpu, long Memory, long MemoryHost, long MaxDisk, long NetIn, long NetOut, long DiskRead, long DiskWrite, long Uptime);

/// <summary>The numbers of a guest at one moment.</summary>
internal sealed record GuestFigures
{
    public RunState State { get; init; }

    public double Cpu { get; init; }

    public double MaxCpu { get; init; }

    public long Memory { get; init; }

    public long MemoryHost { get; init; }

    public long MaxMemory { get; init; }

    public long Disk { get; init; }

    public long MaxDisk { get; init; }

    public long NetIn { get; init; }

    public long NetOut { get; init; }

    public long DiskRead { get; init; }

    public long DiskWrite { get; init; }

    public long Uptime { get; init; }
}
