namespace Hypergate.Host.Cli;

/// <summary>What the process tells the shell. Documented in the help of every command.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Settings, arguments, or MCP switched off by the platform's administrator: nothing was started.</summary>
    public const int Refused = 1;

    /// <summary>The call, the check or the verification ran and came to a bad end.</summary>
    public const int Failed = 2;

    /// <summary>The call waits for consent: nothing was changed.</summary>
    public const int NeedsConsent = 3;

    public const string Help = "Exit codes: 0 done, 1 wrong settings or arguments (nothing started), 2 it ran and failed, 3 consent is missing.";
}
