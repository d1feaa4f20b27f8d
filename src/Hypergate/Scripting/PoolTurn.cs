namespace Hypergate.Scripting;

/// <summary>One who wants a worker.</summary>
internal sealed class PoolTurn(string caller, PoolWork work)
{
    public string Caller => caller;

    public PoolWork Work => work;

    /// <summary>Whether its worker is given back. A run may still learn of its answer then, and goes on with nothing.</summary>
    public bool IsOver { get; set; }

    /// <summary>Ends when it is its turn: with a worker, or with null where one must be started.</summary>
    public TaskCompletionSource<ScriptWorker?> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What a worker is wanted for. A later kind may wait for an earlier one while it holds its worker, never the other way round.</summary>
internal enum PoolWork
{
    /// <summary>A jq program, or a check.</summary>
    Transform,
    Composite,
    Script,
}
