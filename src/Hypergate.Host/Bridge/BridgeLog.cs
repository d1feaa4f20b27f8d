using Hypergate.Host.Cli;
using Hypergate.Results;
using Hypergate.Results.Secrets;

namespace Hypergate.Host.Bridge;

/// <summary>What the bridge tells the person who looks at its standard error: each trouble once, and its end.</summary>
internal sealed class BridgeLog(Terminal terminal, SecretScrubber secrets)
{
    private const int MostKept = 100;

    // Guards what was told since the gateway last answered; several requests fail at once, and alike.
    private readonly Lock _lock = new();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public void Tell(string text)
    {
        lock (_lock)
        {
            if (_told.Count >= MostKept || !_told.Add(text))
            {
                return;
            }
        }

        terminal.Error.WriteLine($"hypergate bridge: {LogText.Line(text, secrets)}");
    }

    /// <summary>Says that a trouble is over, where there was one.</summary>
    public void Recovered()
    {
        bool wasTroubled;
        lock (_lock)
        {
            wasTroubled = _told.Count > 0;
            _told.Clear();
        }

        if (wasTroubled)
        {
            terminal.Error.WriteLine("hypergate bridge: the gateway answers again.");
        }
    }
}
