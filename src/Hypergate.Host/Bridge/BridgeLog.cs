using Hypergate.Host.Cli;
using Hypergate.Results;
using Hypergate.Results.Secrets;

namespace Hypergate.Host.Bridge;

/// <summary>What the bridge tells the person who looks at its standard error: each trouble once, and its end.</summary>
internal sealed class BridgeLog(Terminal terminal, SecretScrubber secrets)
{
    private string? _last;

    public void Tell(string text)
    {
        if (Interlocked.Exchange(ref _last, text) != text)
        {
            terminal.Error.WriteLine($"hypergate bridge: {LogText.Line(text, secrets)}");
        }
    }

    /// <summary>Says that a trouble is over, where there was one.</summary>
    public void Recovered()
    {
        if (Interlocked.Exchange(ref _last, null) is not null)
        {
            terminal.Error.WriteLine("hypergate bridge: the gateway answers again.");
        }
    }
}
