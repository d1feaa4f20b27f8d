namespace Hypergate.Scripting;

/// <summary>Compiles programs on the workers without running them.</summary>
internal sealed class ProgramCheck(Sandbox sandbox)
{
    /// <summary>What is wrong with a program; null where it compiles, and where nobody can say.</summary>
    /// <param name="isJq">Whether it is jq; else the body of a script.</param>
    /// <param name="code">Its text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<string?> ProblemAsync(bool isJq, string code, CancellationToken cancellationToken)
    {
        if (isJq)
        {
            return await new JqRunner(sandbox.Pool).CheckAsync(code, cancellationToken);
        }

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
