using Hypergate.Results;
using Hypergate.Results.Secrets;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Cli;

/// <summary>Logs to standard error, one line an entry. Standard output belongs to the protocol or to results.</summary>
internal static partial class Logging
{
    /// <param name="secrets">Of this process; no line shows them.</param>
    public static ILoggerFactory ToError(SecretScrubber secrets) => new ErrorLoggerFactory(Terminal.OfProcess, text => LogText.Line(text, secrets));

    [LoggerMessage(1, LogLevel.Warning, "{Text}")]
    public static partial void Warn(ILogger logger, string text);
}

/// <summary>A logger factory without configuration: warnings and above, in plain lines.</summary>
internal sealed class ErrorLoggerFactory(Terminal terminal, Func<string, string> clean) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new ErrorLogger(terminal, clean, Least(categoryName));

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is one place to log to.");

    public void Dispose()
    {
    }

    // The protocol library reports a client's mistakes as errors with stack traces; they are answered to the client.
    private static LogLevel Least(string category) =>
        category.StartsWith("ModelContextProtocol", StringComparison.Ordinal) ? LogLevel.Critical : LogLevel.Warning;

    private sealed class ErrorLogger(Terminal terminal, Func<string, string> clean, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                terminal.Error.WriteLine($"{Word(logLevel)}: {clean($"{formatter(state, exception)}{(exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})")}")}");
            }
        }

        private static string Word(LogLevel level) => level switch
        {
            LogLevel.Warning => "Warning",
            LogLevel.Error => "Error",
            _ => level.ToString(),
        };
    }
}
