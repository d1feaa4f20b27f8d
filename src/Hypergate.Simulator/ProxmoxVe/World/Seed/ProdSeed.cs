namespace Hypergate.Simulator.ProxmoxVe.World.Seed;

/// <summary>
/// A cluster of any size. <c>prod</c> has three nodes, 40 guests, six storages of which three are shared, two pools and twelve users;
/// others have the numbers of the options.
/// </summary>
internal static class ProdSeed
{
    public static void Fill(Cluster cluster, ProxmoxOptions options)
    {
        var prod = options.Cluster == "prod";
        var (nodes, guests) = prod ? (3, 40) : (Math.Clamp(options.Nodes, 1, 32), Math.Clamp(options.Guests, 0, 20_000));
        for (var i = 1; i <= nodes; i++)
        {
            cluster.Nodes.Add(new ClusterNode
            {
                Name = prod ? $"prod{i}" : $"node{i:00}",
                Number = i,
                Address = i == 1 ? "127.0.0.1" : $"192.0.2.{i}",
                Cores = i % 2 == 0 ? 48 : 32,
                MaxMemory = (i % 2 == 0 ? 384L : 256L) << 30,
                UptimeAtStart = TimeSpan.FromDays(12 + (7 * i)),
                SslFingerprint = Fingerprint(cluster.Dice),
            });
        }

        StorageSeed.Fill(cluster);
        ProdIdentities.Fill(cluster);
        GuestSeed.Fill(cluster, guests);
        JobSeed.Fill(cluster);
        cluster.Settings["keyboard"] = "en-us";
        cluster.Settings["migration"] = "type=secure";
        cluster.Settings["tag-style"] = "color-map=production:d6201e:ffffff";
    }

    private static string Fingerprint(Random dice)
    {
        var bytes = new byte[32];
        dice.NextBytes(bytes);
        return string.Join(':', bytes.Select(static part => part.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
