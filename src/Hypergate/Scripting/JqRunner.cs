using Hypergate.Model;

namespace Hypergate.Scripting;

/// <summary>Runs jq programs on the workers.</summary>
internal sealed class JqRunner(ScriptPool pool)
{
    private const int LongestProgram = 64 * 1024;
    private const string Nobody = "";

    /// <summary>As <see cref="JsonTransform"/>.</summary>
    public async ValueTask<TransformResult> RunAsync(string program, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        if (program.Length > LongestProgram)
        {
            return TransformResult.Failed($"the jq program is longer than {LongestProgram} characters");
        }

        try
        {
            var end = await pool.UseAsync(new(Nobody, PoolWork.Transform), "jq", worker => worker.TransformAsync(program, input, JqLimits.Standard, cancellation), cancellation);
            return end.Error is { } error ? TransformResult.Failed(error) : new(end.Outputs, null);
        }
        catch (SandboxException exception)
        {
            return TransformResult.Failed(exception.Message);
        }
    }

    /// <summary>What is wrong with a program; null where it compiles, and where nobody can say.</summary>
    public async Task<string?> CheckAsync(string program, CancellationToken cancellation)
    {
        try
        {
            return (await pool.UseAsync(new(Nobody, PoolWork.Transform), "check", worker => worker.CheckAsync("jq", program, cancellation), cancellation))?.Message;
        }
        catch (SandboxException)
        {
            return null;
        }
    }
}
