using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>What is to be run.</summary>
/// <param name="Caller">Whose script it is.</param>
/// <param name="Code">Its text.</param>
/// <param name="Arguments">A JSON object as text.</param>
/// <param name="Backend">Where bare names belong; null for none.</param>
/// <param name="IsPreview">Whether changes are only planned.</param>
/// <param name="CanAsk">Whether the client can put questions to its person.</param>
/// <param name="Limit">Seconds of work.</param>
internal sealed record CodeRequest(Caller Caller, string Code, string Arguments, string? Backend, bool IsPreview, bool CanAsk, TimeSpan Limit)
{
    /// <summary>What was agreed to beforehand; null for nothing.</summary>
    public CodePlan? Plan { get; init; }

    /// <summary>What its caller has of the scripts that it may run at once; given back at its end.</summary>
    public IDisposable? Place { get; init; }
}
