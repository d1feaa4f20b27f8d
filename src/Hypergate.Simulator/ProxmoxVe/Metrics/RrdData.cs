using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Metrics;

/// <summary>The figures of an object over time, one row a point; points without data have only their time.</summary>
internal static class RrdData
{
    // lab was set up with the figures of about two hours, which end a while before the simulator starts and go on a while after.
    private static readonly TimeSpan LabBegin = TimeSpan.FromMinutes(136);
    private static readonly TimeSpan LabEnd = TimeSpan.FromMinutes(16);
    private static readonly TimeSpan LabAgain = TimeSpan.FromMinutes(10);

    /// <param name="cluster">Whose figures.</param>
    /// <param name="frame">How far back, in which steps.</param>
    /// <param name="since">When the object came to be.</param>
    /// <param name="figures">The row of a moment.</param>
    public static JsonArray Series(Cluster cluster, TimeFrame frame, DateTimeOffset since, Func<DateTimeOffset, IEnumerable<(string Name, double Value)>> figures)
    {
        var end = cluster.Seconds / frame.StepSeconds * frame.StepSeconds;
        var rows = new JsonArray();
        for (var i = 1; i <= frame.Points; i++)
        {
            var time = end - ((frame.Points - i) * frame.StepSeconds);
            var at = DateTimeOffset.FromUnixTimeSeconds(time);
            var row = new JsonObject { ["time"] = time };
            var known = at >= since && Recorded(cluster, at);
            foreach (var (name, value) in known ? figures(at) : [])
            {
                row[name] = value;
            }

            // The newest point is left out until it is known.
            if (known || i < frame.Points)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static bool Recorded(Cluster cluster, DateTimeOffset at)
    {
        if (cluster.Name == "lab")
        {
            var age = cluster.Started - at;
            return (age <= LabBegin && age > LabEnd) || age < -LabAgain;
        }

        // Now and then nobody wrote anything down.
        return Waves.Constant(cluster.Options.Seed, $"gap{at.ToUnixTimeSeconds() / 7200}", "gap") > 0.01;
    }
}
