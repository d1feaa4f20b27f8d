namespace Hypergate.EndToEnd.Harness;

/// <summary>Limits of time that must hold on a busy machine too.</summary>
internal static class Machine
{
    private const int MostAttempts = 3;

    /// <summary>
    /// That something is done within a limit: a fault is slow at each attempt, a busy machine is not. To the limit comes
    /// five times what the program needs at that moment to say its version; half a second where nobody else is at work.
    /// </summary>
    public static async Task AssertWithinAsync(ProgramFolder folder, TimeSpan limit, Func<Task<TimeSpan>> attempt)
    {
        for (var number = 1; ; number++)
        {
            var longest = limit + await SlackAsync(folder);
            var elapsed = await attempt();
            if (elapsed <= longest)
            {
                return;
            }

            Assert.True(number < MostAttempts, $"It took {elapsed} at attempt {number}, longer than {longest}.");
        }
    }

    private static async Task<TimeSpan> SlackAsync(ProgramFolder folder)
    {
        var run = await CommandRun.OfAsync(folder, [], "--version");
        Assert.Equal(0, run.ExitCode);
        return run.Elapsed * 5;
    }
}
