using System.Text.Json.Nodes;

namespace Hypergate.Simulator.PxCloud.Tasks;

/// <summary>Work that goes on after its answer.</summary>
internal sealed class PxTask
{
    public required string Id { get; init; }

    public required string Type { get; init; }

    public required string Target { get; init; }

    public required string User { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>What it does when its time is over; throws where that fails.</summary>
    public required Action Act { get; init; }

    /// <summary>What must be undone in any case: the lock of its object.</summary>
    public required Action Release { get; init; }

    /// <summary>Never ends.</summary>
    public bool Hangs { get; init; }

    public string Status { get; set; } = "running";

    public string? Error { get; set; }

    public DateTimeOffset? Ended { get; set; }

    public bool IsRunning => Status == "running";

    public JsonObject Shown(DateTimeOffset now) => new()
    {
        ["id"] = Id,
        ["type"] = Type,
        ["target"] = Target,
        ["status"] = Status,
        ["progress"] = Progress(now),
        ["started_at"] = Started.ToUnixTimeSeconds(),
        ["finished_at"] = Ended?.ToUnixTimeSeconds(),
        ["user"] = User,
        ["error"] = Error,
    };

    public int Progress(DateTimeOffset now) => Status == "success" ? 100
        : Duration <= TimeSpan.Zero ? 0
        : (int)Math.Clamp(((Ended ?? now) - Started) / Duration * 100, 0, 99);
}
