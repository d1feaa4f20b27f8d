using Hypergate.Backends.Dadl;
using Hypergate.Descriptions.Dadl;
using Hypergate.Scripting;

namespace Hypergate.Host.Cli.Dadl;

/// <summary>Compiles the programs of files, where there is an engine for them. Nothing is started before there is a program.</summary>
internal sealed class DadlPrograms(Sandbox sandbox)
{
    private readonly DadlCompiler _compiler = new(new ProgramCheck(sandbox).ProblemAsync);
    private bool _isLookedFor;

    /// <summary>Why nothing can be compiled here; null where it can, or nothing had to be.</summary>
    public string? Gap { get; private set; }

    /// <summary>What is wrong with the programs of a file.</summary>
    public async Task<IReadOnlyList<DadlProblem>> CheckAsync(DadlLoad load, CancellationToken cancellationToken) =>
        load.Programs.Count == 0 || !await CanAsync(cancellationToken) ? [] : await _compiler.ProblemsAsync(load, cancellationToken);

    private async Task<bool> CanAsync(CancellationToken cancellationToken)
    {
        if (!_isLookedFor)
        {
            (_isLookedFor, Gap) = (true, await sandbox.ProblemAsync(cancellationToken));
        }

        return Gap is null;
    }
}
