using System.Text.Json.Nodes;
using Hypergate.Simulator.Faults;

namespace Hypergate.Simulator.ProxmoxVe.Faults;

/// <summary>A fault of a cluster. Set as many properties as should happen together.</summary>
public sealed record PveFault : RequestFault
{
    /// <summary>Answered in the place of the real answer, and nothing is done: 595, 500 …</summary>
    public int? Status { get; init; }

    /// <summary>The status line's text of <see cref="Status"/> or <see cref="StatusAfter"/>, or a task's exit text.</summary>
    public string? Text { get; init; }

    /// <summary>Answered although the operation was done: 596, when the node that did it took too long.</summary>
    public int? StatusAfter { get; init; }

    /// <summary>Every credential is refused, as after the end of a ticket or a token.</summary>
    public bool Refuse { get; init; }

    /// <summary>Where the connection is cut.</summary>
    public FaultCut Cut { get; init; }

    /// <summary>Only the first half of the body is sent, as if it were whole.</summary>
    public bool Truncate { get; init; }

    /// <summary>Lists come back empty, as for somebody without rights.</summary>
    public bool EmptyLists { get; init; }

    /// <summary>Lists come back with each row so many times.</summary>
    public int RepeatRows { get; init; } = 1;

    /// <summary>A digest that is sent counts as stale.</summary>
    public bool StaleDigest { get; init; }

    /// <summary>What happens to the tasks that are started.</summary>
    public TaskFault Task { get; init; }

    /// <summary>The types of tasks that <see cref="Task"/> hits, such as <c>qmstart</c>; null: all.</summary>
    public string? TaskType { get; init; }

    internal override bool IsOfRequests => Task == TaskFault.None;

    internal bool HitsTask(string type) => Task != TaskFault.None && (TaskType ?? type) == type;

    /// <summary>Reads one out of JSON.</summary>
    internal static PveFault Read(JsonObject body)
    {
        FaultBody.Check(body, ["status", "text", "statusAfter", "refuse", "cut", "truncate", "emptyLists", "repeatRows", "staleDigest", "task", "taskType"]);
        return FaultBody.Begin(body, new PveFault
        {
            Status = body["status"]?.GetValue<int>(),
            Text = body["text"]?.GetValue<string>(),
            StatusAfter = body["statusAfter"]?.GetValue<int>(),
            Refuse = FaultBody.Flag(body, "refuse"),
            Cut = FaultBody.Choice<FaultCut>(body["cut"]),
            Truncate = FaultBody.Flag(body, "truncate"),
            EmptyLists = FaultBody.Flag(body, "emptyLists"),
            RepeatRows = body["repeatRows"]?.GetValue<int>() ?? 1,
            StaleDigest = FaultBody.Flag(body, "staleDigest"),
            Task = FaultBody.Choice<TaskFault>(body["task"]),
            TaskType = body["taskType"]?.GetValue<string>(),
        });
    }
}

/// <summary>Where a connection is cut.</summary>
public enum FaultCut
{
    None,

    /// <summary>Nothing is done and nothing is answered.</summary>
    BeforeAnswer,

    /// <summary>The operation is done, and nothing is answered.</summary>
    AfterOperation,

    /// <summary>In the middle of the body.</summary>
    InsideBody,
}

/// <summary>What happens to a task.</summary>
public enum TaskFault
{
    None,
    Fails,
    Hangs,
    Warns,

    /// <summary>Its worker is gone: <c>unexpected status</c>.</summary>
    Vanishes,
}
