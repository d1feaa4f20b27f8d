namespace Hypergate.Host.Cli;

/// <summary>Where a command reads and writes. The stdio server gets only the raw streams, so that nothing else reaches its output.</summary>
/// <param name="output">Opens where results go.</param>
/// <param name="error">Opens where everything goes that is no result.</param>
/// <param name="keyboard">Asks the person at the keyboard; null where nobody sits there.</param>
internal sealed class Terminal(Func<TextWriter> output, Func<TextWriter> error, Func<string?>? keyboard)
{
#pragma warning disable RS0030 // The one place that knows the process's own console. Its writers are made when they are first used.
    public static Terminal OfProcess { get; } = new(static () => Console.Out, static () => Console.Error, Console.IsInputRedirected ? null : Console.ReadLine);

    /// <summary>Whether a person rather than a client is at both ends.</summary>
    public static bool IsPerson => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Results.</summary>
    public TextWriter Output => output();

    /// <summary>Everything that is no result.</summary>
    public TextWriter Error => error();

    /// <summary>Asks the person at the keyboard; null where nobody sits there.</summary>
    public Func<string?>? ReadLine => keyboard;

    /// <summary>A value from standard input, else from the keyboard without echo.</summary>
    public async Task<string> ReadSecretAsync(string prompt, CancellationToken cancellationToken)
    {
        if (keyboard is null)
        {
            using var reader = new StreamReader(OpenInput());
            return (await reader.ReadToEndAsync(cancellationToken)).TrimEnd('\r', '\n');
        }

        await Error.WriteAsync(prompt);
        var typed = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        await Error.WriteLineAsync();
        return typed.ToString();
    }

    public static Stream OpenInput() => Console.OpenStandardInput();

    public static Stream OpenOutput() => Console.OpenStandardOutput();
#pragma warning restore RS0030
}
