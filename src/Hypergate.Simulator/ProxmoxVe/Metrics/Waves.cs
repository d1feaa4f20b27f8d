namespace Hypergate.Simulator.ProxmoxVe.Metrics;

/// <summary>Numbers between 0 and 1 that only depend on seed, object, metric and time: a daily and a weekly wave and noise.</summary>
internal static class Waves
{
    private const double Day = 86400;
    private const double Week = 7 * Day;

    public static double At(int seed, string about, string metric, DateTimeOffset time)
    {
        var key = Key(seed, about, metric);
        var seconds = time.ToUnixTimeSeconds();
        var level = 0.15 + (0.45 * Share(key));
        var daily = 0.2 * Math.Sin(2 * Math.PI * ((seconds / Day) + Share(key ^ 0x51ED)));
        var weekly = 0.08 * Math.Sin(2 * Math.PI * ((seconds / Week) + Share(key ^ 0xA3C5)));
        var noise = 0.1 * (Share(key + ((ulong)(seconds / 60) * 0x9E3779B97F4A7C15)) - 0.5);
        return Math.Clamp(level + daily + weekly + noise, 0.005, 0.99);
    }

    /// <summary>A number between 0 and 1 that stays the same.</summary>
    public static double Constant(int seed, string about, string metric) => Share(Key(seed, about, metric));

    private static ulong Key(int seed, string about, string metric) => Fnv($"{seed}/{about}/{metric}");

    private static ulong Fnv(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var symbol in text)
        {
            hash = (hash ^ symbol) * 1099511628211;
        }

        return hash;
    }

    private static double Share(ulong key)
    {
        key ^= key >> 33;
        key *= 0xFF51AFD7ED558CCD;
        key ^= key >> 33;
        key *= 0xC4CEB9FE1A85EC53;
        key ^= key >> 33;
        return key / (double)ulong.MaxValue;
    }
}
