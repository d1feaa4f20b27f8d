using Hypergate.Descriptions;
using Hypergate.Descriptions.Dadl;

namespace Hypergate.Backends.Dadl;

/// <summary>Compiles the programs of files, jq and JavaScript, without running any of them.</summary>
/// <param name="check">What is wrong with a program, by whether it is jq and its text; null where nothing is.</param>
internal sealed class DadlCompiler(Func<bool, string, CancellationToken, Task<string?>> check)
{
    private const int LongestProblem = 300;

    // Files share programs by anchors, and are read again: each is compiled once.
    private readonly Dictionary<(bool IsJq, string Code), string?> _known = [];

    /// <summary>What is wrong with the programs of a file.</summary>
    public async Task<IReadOnlyList<DadlProblem>> ProblemsAsync(DadlLoad load, CancellationToken cancellationToken)
    {
        var problems = new List<DadlProblem>();
        foreach (var program in load.Programs)
        {
            if (await ProblemAsync(program, cancellationToken) is { } wrong)
            {
                var text = $"the {(program.IsJq ? "jq program" : "script")} does not compile: {DescriptionText.OneLine(wrong, LongestProblem)}";
                problems.Add(new DadlProblem(program.Rule, program.Path, program.Line, program.Column, text, program.Tool));
            }
        }

        return problems;
    }

    private async Task<string?> ProblemAsync(DadlProgram program, CancellationToken cancellationToken)
    {
        var key = (program.IsJq, program.Code);
        if (!_known.TryGetValue(key, out var problem))
        {
            _known[key] = problem = await check(program.IsJq, program.Code, cancellationToken);
        }

        return problem;
    }
}
