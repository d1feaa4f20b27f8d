namespace Hypergate.Simulator.ProxmoxVe.Metrics;

/// <summary>How far back figures go, and in which steps.</summary>
internal sealed record TimeFrame(long StepSeconds, int Points)
{
    /// <summary>The frame of a name; files of the time before 9.0 have fewer points.</summary>
    public static TimeFrame Of(string name, bool old) => (name, old) switch
    {
        ("hour", _) => new(60, 60),
        ("day", false) => new(60, 1440),
        ("week", false) => new(1800, 336),
        ("month", false) => new(1800, 1440),
        ("year", false) => new(21600, 1440),
        ("day", true) => new(1800, 70),
        ("week", true) => new(10800, 70),
        ("month", true) => new(43200, 70),
        ("year", true) => new(604800, 70),
        _ => new(604800, 570),
    };
}
