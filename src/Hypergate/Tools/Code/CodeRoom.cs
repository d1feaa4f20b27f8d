using Hypergate.Model;
using Hypergate.Results;
using Hypergate.Scripting;
using Hypergate.Tools.Search;

namespace Hypergate.Tools.Code;

/// <summary>What the tools of code mode work with.</summary>
internal sealed record CodeRoom
{
    public required ToolSurroundings Surroundings { get; init; }

    public required Sandbox Sandbox { get; init; }

    /// <summary>What one script of the audience may use.</summary>
    public required ScriptLimits Limits { get; init; }

    /// <summary>Runs that wait, and results that are kept; shared by all audiences of a gateway.</summary>
    public required CodeRuns Runs { get; init; }

    public required SearchIndexes Indexes { get; init; }

    public required OutputSettings Output { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Asks whether a caller may begin a script now: a lease for as long as it runs, or why not.</summary>
    public required Func<Caller, CancellationToken, ValueTask<(IDisposable? Run, string? Problem)>> BeginRun { get; init; }

    /// <summary>Whether a person must agree to a call.</summary>
    public required Func<Call, bool> NeedsConsent { get; init; }

    /// <summary>The class of a call, which its arguments may have raised.</summary>
    public required Func<Call, Access> AccessOf { get; init; }

    /// <summary>What the audit holds of the calls of a run, by its id: oldest first. What cannot be read is an <see cref="IOException"/>.</summary>
    public required Func<string, CancellationToken, IAsyncEnumerable<System.Text.Json.JsonElement>> Recorded { get; init; }

    /// <summary>Writes arguments without secrets.</summary>
    public required Func<System.Text.Json.JsonElement, string> SafeArguments { get; init; }
}
