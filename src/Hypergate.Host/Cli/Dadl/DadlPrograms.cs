using Hypergate.Descriptions;
using Hypergate.Descriptions.Dadl;
using Hypergate.Scripting;

namespace Hypergate.Host.Cli.Dadl;

/// <summary>Compiles the programs of files, jq and JavaScript, without running any of them. Nothing is started before there is one.</summary>
internal sealed class DadlPrograms(Sandbox sandbox)
{
    private const int LongestProblem = 300;

    // Files share programs by anchors: each is compiled once.
    private readonly Dictionary<(bool IsJq, string Code), string?> _known = [];
    private bool _isLookedFor;

    /// <summary>Why nothing can be compiled here; null where it can, or nothing had to be.</summary>
    public string? Gap { get; private set; }

    /// <summary>What is wrong with the programs of a file.</summary>
    public async Task<IReadOnlyList<DadlProblem>> CheckAsync(DadlLoad load, CancellationToken cancellationToken)
    {
        if (load.Programs.Count == 0 || !await CanAsync(cancellationToken))
        {
            return [];
        }

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

    private async Task<bool> CanAsync(CancellationToken cancellationToken)
    {
        if (!_isLookedFor)
        {
            (_isLookedFor, Gap) = (true, await sandbox.ProblemAsync(cancellationToken));
        }

        return Gap is null;
    }

    private async Task<string?> ProblemAsync(DadlProgram program, CancellationToken cancellationToken)
    {
        var key = (program.IsJq, program.Code);
        if (!_known.TryGetValue(key, out var problem))
        {
            _known[key] = problem = program.IsJq
                ? await new JqRunner(sandbox.Pool).CheckAsync(program.Code, cancellationToken)
                : await ScriptProblemAsync(program.Code, cancellationToken);
        }

        return problem;
    }

    private async Task<string?> ScriptProblemAsync(string code, CancellationToken cancellationToken)
    {
        try
        {
            var fault = await sandbox.Pool.UseAsync(new PoolTurn("", PoolWork.Transform), "check", worker => worker.CheckAsync("script", code, cancellationToken), cancellationToken);
            return fault is { Line: { } line } ? $"{fault.Message} (line {line} of it)" : fault?.Message;
        }
        catch (SandboxException)
        {
            return null;
        }
    }
}
