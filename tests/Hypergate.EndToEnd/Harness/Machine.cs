namespace Hypergate.EndToEnd.Harness;

/// <summary>How fast this machine is at this moment, for limits that must hold on a busy one too.</summary>
internal static class Machine
{
    /// <summary>What to add to a limit: five times what the program needs to say its version; half a second where nobody else is at work.</summary>
    public static async Task<TimeSpan> SlackAsync(ProgramFolder folder)
    {
        var run = await CommandRun.OfAsync(folder, [], "--version");
        Assert.Equal(0, run.ExitCode);
        return run.Elapsed * 5;
    }
}
