using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Host.Policies;

/// <summary>What gates have made of a call so far.</summary>
/// <param name="Arguments">As they would be sent.</param>
internal sealed record GateTrialEnd(JsonElement Arguments)
{
    /// <summary>Why it is refused, or its answer withheld; null where it is not.</summary>
    public string? Refusal { get; init; }

    /// <summary>The strictest wish of a gate; null where none has any.</summary>
    public ConsentRule? Confirm { get; init; }

    /// <summary>As the caller would get it; null where there is none.</summary>
    public JsonElement? Answer { get; init; }
}
