using System.Text;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>Ids as the server gives to tasks: the time in base 36, then something random.</summary>
internal static class TaskId
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <param name="world">The data centre whose randomness it takes.</param>
    /// <param name="time">In milliseconds.</param>
    public static string Next(DataCentre world, long time)
    {
        var random = Convert.ToUInt64(world.NextId()[24..], 16);
        return $"{Base36((ulong)time).PadLeft(9, '0')}-{Base36(random)}";
    }

    private static string Base36(ulong value)
    {
        var text = new StringBuilder();
        for (; value > 0; value /= 36)
        {
            text.Insert(0, Digits[(int)(value % 36)]);
        }

        return text.ToString();
    }
}
