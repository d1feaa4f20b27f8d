using System.Text.Json;

namespace Hypergate.Model;

/// <summary>Runs the script of a gate: <c>function (ctx)</c> that may change one member of <c>ctx</c>, or throw. Supplied by the room that has the engine.</summary>
/// <param name="code">JavaScript.</param>
/// <param name="context">A JSON object: what the script is given.</param>
/// <param name="open">The member that it may change.</param>
/// <param name="cancellation">Ends it early.</param>
public delegate Task<GateResult> GateRunner(string code, JsonElement context, string open, CancellationToken cancellation);

/// <summary>What a gate says.</summary>
/// <param name="Value">The member as the script left it; undefined where it refuses.</param>
/// <param name="Refusal">Why not; null where it lets the call pass. Whatever keeps the script from its end is a refusal as well.</param>
public sealed record GateResult(JsonElement Value, string? Refusal);
