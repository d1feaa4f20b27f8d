using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Operations;

/// <summary>What one operation does to the data centre. The server does the rest: rights, validation, tasks, answers.</summary>
/// <param name="Id">Method and path template below <c>/rest/v0</c>: <c>POST /vms/{id}/actions/start</c>.</param>
/// <param name="Run">
/// Checks, changes and returns the answer's value (<c>{"id": …}</c> of what was created), or null for none. Runs under the data
/// centre's lock, after <see cref="Duration"/> where the operation is an action; throws <see cref="XoError"/>.
/// </param>
internal sealed record OperationRule(string Id, Func<OperationContext, JsonNode?> Run)
{
    /// <summary>How long the hypervisor works on it, before the change shows and the task ends.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.Zero;

    /// <summary>The task's name without its prefix, where it differs from the operation's words: <c>start VM</c>.</summary>
    public string? TaskName { get; init; }
}

/// <summary>One request for an operation, already authenticated and checked against its schema.</summary>
/// <param name="World">The data centre.</param>
/// <param name="Path">The decoded values of the template's placeholders.</param>
/// <param name="Query">The decoded query parameters.</param>
/// <param name="Body">The JSON body, or null.</param>
/// <param name="UserId">Who asks.</param>
internal sealed record OperationContext(
    DataCentre World,
    IReadOnlyDictionary<string, string> Path,
    IReadOnlyDictionary<string, string> Query,
    JsonObject? Body,
    string UserId);
