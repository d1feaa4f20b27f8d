using System.Text.Json;

namespace Hypergate.Model;

/// <summary>A call of something that its caller does not have: hidden from it, or not there.</summary>
/// <param name="Caller">Who asked.</param>
/// <param name="Tool">Where the call came in.</param>
/// <param name="Backend">As the caller named it; null where it named none.</param>
/// <param name="Name">The operation, as the caller wrote it.</param>
/// <param name="Arguments">As the caller gave them.</param>
public sealed record MissedCall(Caller Caller, string Tool, string? Backend, string Name, JsonElement Arguments)
{
    /// <summary>The script run that it is a part of; empty for none.</summary>
    public string Parent { get; init; } = "";
}
