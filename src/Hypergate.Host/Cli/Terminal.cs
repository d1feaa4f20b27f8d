namespace Hypergate.Host.Cli;

/// <summary>Where a command reads and writes. The stdio server gets only the raw streams, so that nothing else reaches its output.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Everything that is no result.</param>
/// <param name="ReadLine">Asks the person at the keyboard; null where nobody sits there.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, Func<string?>? ReadLine)
{
#pragma warning disable RS0030 // The one place that knows the process's own console.
    public static Terminal OfProcess() => new(Console.Out, Console.Error, Console.IsInputRedirected ? null : Console.ReadLine);

    /// <summary>Whether a person rather than a client is at both ends.</summary>
    public static bool IsPerson => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    public static Stream OpenInput() => Console.OpenStandardInput();

    public static Stream OpenOutput() => Console.OpenStandardOutput();

    public static TextWriter ErrorOfProcess => Console.Error;
#pragma warning restore RS0030
}
