using Hypergate.Model;

namespace Hypergate.Governance.Gates;

/// <summary>A call that a gate wants people to hear of, once it is over.</summary>
/// <param name="Gate">The name of the gate.</param>
/// <param name="Call">The call as it was sent, or would have been.</param>
/// <param name="Access">Its class.</param>
/// <param name="Outcome">What came of it.</param>
internal sealed record GateNews(string Gate, Call Call, Access Access, Outcome Outcome);
