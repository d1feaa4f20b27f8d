namespace Hypergate.Simulator.ProxmoxVe.Faults;

/// <summary>Something that goes wrong on some requests. Set as many properties as should happen together.</summary>
public sealed record Fault
{
    /// <summary>
    /// Which paths below <c>/api2/json</c>, without the query: <c>/nodes/*/qemu/*/status/start</c>. <c>*</c> is one segment or a part
    /// of one, <c>**</c> any number.
    /// </summary>
    public string Path { get; init; } = "**";

    /// <summary>Which method, in capitals; null: all.</summary>
    public string? Method { get; init; }

    /// <summary>How many requests it hits before it is gone; null: all.</summary>
    public int? Times { get; init; }

    /// <summary>How long the answer is held back.</summary>
    public TimeSpan Delay { get; init; }

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
