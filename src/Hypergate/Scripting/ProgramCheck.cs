using System.Globalization;
using System.Text.RegularExpressions;
using Hypergate.Model;

namespace Hypergate.Scripting;

/// <summary>Compiles programs on the workers without running them.</summary>
internal sealed partial class ProgramCheck(Sandbox sandbox)
{
    /// <summary>What is wrong with a program; null where it compiles, and where nobody can say.</summary>
    /// <param name="isJq">Whether it is jq; else the body of a script.</param>
    /// <param name="code">Its text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ProgramFault?> ProblemAsync(bool isJq, string code, CancellationToken cancellationToken)
    {
        if (isJq)
        {
            return await new JqRunner(sandbox.Pool).CheckAsync(code, cancellationToken) is { } problem ? OfJq(problem) : null;
        }

        try
        {
            var fault = await sandbox.Pool.UseAsync(new PoolTurn("", PoolWork.Transform), "check", worker => worker.CheckAsync("script", code, cancellationToken), cancellationToken);
            return fault is null ? null : new(fault.Message, fault.Line, fault.IsExact ? fault.Column : null);
        }
        catch (SandboxException)
        {
            return null;
        }
    }

    // jq tells the place in its words: "… at <top-level>, line 2, column 5".
    private static ProgramFault OfJq(string problem) => PlaceOfJq.Match(problem) is { Success: true } place
        ? new(problem, int.Parse(place.Groups["line"].Value, CultureInfo.InvariantCulture), place.Groups["column"].Success ? int.Parse(place.Groups["column"].Value, CultureInfo.InvariantCulture) : null)
        : new(problem, null, null);

    [GeneratedRegex(@"\bline (?<line>\d{1,6})(, column (?<column>\d{1,6}))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex PlaceOfJq { get; }
}
