using Hypergate.Descriptions;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl;

/// <summary>Compiles the programs of files, jq and JavaScript, without running any of them.</summary>
/// <param name="check">What is wrong with a program, by whether it is jq and its text; null where nothing is.</param>
internal sealed class DadlCompiler(Func<bool, string, CancellationToken, Task<ProgramFault?>> check)
{
    private const int LongestProblem = 300;

    // Files share programs by anchors, and are read again: each is compiled once.
    private readonly Dictionary<(bool IsJq, string Code), ProgramFault?> _known = [];

    /// <summary>What is wrong with the programs of a file.</summary>
    public async Task<IReadOnlyList<DadlProblem>> ProblemsAsync(DadlLoad load, CancellationToken cancellationToken)
    {
        var problems = new List<DadlProblem>();
        foreach (var program in load.Programs)
        {
            if (await ProblemAsync(program, cancellationToken) is { } wrong)
            {
                var text = $"the {(program.IsJq ? "jq program" : "script")} does not compile: {DescriptionText.OneLine(wrong.Text, LongestProblem)}";
                problems.Add(program.Fault(text, wrong.Line, wrong.Column));
            }
        }

        return problems;
    }

    private async Task<ProgramFault?> ProblemAsync(DadlProgram program, CancellationToken cancellationToken)
    {
        var key = (program.IsJq, program.Code);
        if (!_known.TryGetValue(key, out var problem))
        {
            _known[key] = problem = await check(program.IsJq, program.Code, cancellationToken);
        }

        return problem;
    }
}
