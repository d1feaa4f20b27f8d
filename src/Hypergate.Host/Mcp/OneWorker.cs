namespace Hypergate.Host.Mcp;

/// <summary>
/// A conversation with one client is a chain of small steps that wait for platforms. One worker of the pool takes them one after
/// another; a second one would be woken for half of them, which costs more than the step.
/// </summary>
internal static class OneWorker
{
    /// <summary>
    /// Has the pool go on with one worker. It still adds others where that one is stuck: at once for a blocking wait, after half a
    /// second for a long computation.
    /// </summary>
    public static void Settle()
    {
        ThreadPool.GetMaxThreads(out var workers, out var completions);
        ThreadPool.GetMinThreads(out _, out var leastCompletions);

        // How many may work at the moment is only lowered together with how many may work at most.
        if (ThreadPool.SetMinThreads(1, leastCompletions) && ThreadPool.SetMaxThreads(1, completions))
        {
            ThreadPool.SetMaxThreads(workers, completions);
        }
    }
}
