using Hypergate.Inventory.Tables;
using Hypergate.Model;

namespace Hypergate.Tools.Fleet.Changes;

/// <summary>One change as one call of a platform's operation.</summary>
/// <param name="Backend">Where.</param>
/// <param name="Method">Of the operation.</param>
/// <param name="Path">Its path template.</param>
/// <param name="Values">Values of path, query and body by name; those that are nothing are left out.</param>
internal sealed record PlannedChange(FleetBackend Backend, string Method, string Path, IReadOnlyList<(string Name, Cell Value)> Values)
{
    /// <summary>The object, for the person who is asked.</summary>
    public CallSubject? Subject { get; init; }

    /// <summary>What the answer tells beside state and task, found out after the change; null for nothing.</summary>
    public Func<ChangeEnd, Task<IReadOnlyList<(string Name, Cell Value)>>>? After { get; init; }

    /// <summary>What is wrong with an answer that looks like a success; null where nothing is.</summary>
    public Func<System.Text.Json.JsonElement, string?> Fault { get; init; } = static _ => null;
}

/// <summary>How a change stands when its call is over.</summary>
/// <param name="State"><c>done</c>, <c>running</c>, <c>failed</c> or <c>unknown</c>.</param>
/// <param name="Value">What the platform answered, or what its task gave.</param>
/// <param name="Task">Its task; null where there was none.</param>
internal sealed record ChangeEnd(string State, System.Text.Json.JsonElement Value, Tasks.TaskReport? Task)
{
    public bool IsDone => State == "done";
}
