using System.Text.Json;

namespace Hypergate.Model;

/// <summary>Runs the code of a composite: the body of an async function that calls operations. Supplied by the room that has the engine.</summary>
/// <param name="caller">Whose limits hold.</param>
/// <param name="code">JavaScript.</param>
/// <param name="parameters">A JSON object, defaults applied.</param>
/// <param name="call">What <c>api.NAME(args)</c> does.</param>
/// <param name="cancellation">Ends it early; the composite's own time limit is among its reasons.</param>
public delegate Task<CompositeResult> CompositeRunner(Caller caller, string code, JsonElement parameters, CompositeCall call, CancellationToken cancellation);

/// <summary>Runs one operation of the same backend for a composite.</summary>
/// <exception cref="ToolCallException">It failed or was refused; the script may catch it.</exception>
public delegate Task<JsonElement> CompositeCall(string tool, JsonElement arguments, CancellationToken cancellation);

/// <summary>How a composite ended.</summary>
/// <param name="Value">What it returned; undefined where it failed.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
/// <param name="Log">What it wrote to its console.</param>
public sealed record CompositeResult(JsonElement Value, CallError? Error, IReadOnlyList<string> Log);

/// <summary>A call of a script that failed.</summary>
public sealed class ToolCallException(string tool, CallError error) : Exception(error.Message)
{
    public string Tool { get; } = tool;

    public CallError Error { get; } = error;

    /// <summary>The backend that it was made to, as scripts call it; null where it was made to none.</summary>
    public string? Backend { get; init; }

    /// <summary>The policy of the gateway that said no; null where none did.</summary>
    public string? RefusedBy { get; init; }
}
