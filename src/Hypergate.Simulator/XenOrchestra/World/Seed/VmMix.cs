namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>The role and the power state of each VM of a pool: in the usual proportions, in an order that the seed decides.</summary>
internal sealed class VmMix
{
    private static readonly string[] Roles = ["web", "db", "app", "cache", "mail", "dns", "mon", "ci", "k8s", "vdi"];
    private static readonly string[] States = ["Running", "Halted", "Paused", "Suspended"];

    // The first machines of production have names and states that people know by heart; so do the documents.
    private static readonly (string Role, string State)[] WellKnown =
    [
        .. "cache+ vdi+ mon- mon+ cache+ mail+ app+ k8s- db+ k8s- vdi- k8s+ dns- ci+ vdi+ k8s+ mon- web+ db~ web+ db+ app+ db+"
            .Split(' ').Select(word => (word[..^1], StateOf(word[^1]))),
        .. "dns+ ci+ web- mail+ app+ cache- vdi+ k8s- mon- web+ ci+ app~ dns+ cache+ db= k8s- web+ mail+"
            .Split(' ').Select(word => (word[..^1], StateOf(word[^1]))),
    ];

    private readonly (string Role, string State)[] _machines;

    private VmMix((string Role, string State)[] machines) => _machines = machines;

    public int Count => _machines.Length;

    public (string Role, string State) this[int index] => _machines[index];

    /// <param name="run">The filling that it is for.</param>
    /// <param name="shares">How many of a pool like this are running, halted, paused and suspended.</param>
    /// <param name="count">How many VMs there are to be.</param>
    /// <param name="wellKnown">Whether the first of them are the well-known ones.</param>
    public static VmMix Create(SeedRun run, int[] shares, int count, bool wellKnown)
    {
        var left = Apportion(shares, count);
        var machines = new List<(string, string)>();
        foreach (var machine in wellKnown ? WellKnown.Take(count) : [])
        {
            if (left[Array.IndexOf(States, machine.State)]-- > 0)
            {
                machines.Add(machine);
            }
            else
            {
                left[Array.IndexOf(States, machine.State)]++;
                break;
            }
        }

        var rest = left.SelectMany((number, state) => Enumerable.Repeat(States[state], number)).ToArray();
        run.Shuffle(rest);
        machines.AddRange(rest.Select(state => (run.Pick(Roles), state)));
        return new([.. machines]);
    }

    /// <summary>Shares out a number: what rounding leaves over is running.</summary>
    private static int[] Apportion(int[] shares, int count)
    {
        var total = shares.Sum();
        int[] result = [.. shares.Select(share => (int)((long)share * count / total))];
        result[0] += count - result.Sum();
        return result;
    }

    private static string StateOf(char mark) => mark switch
    {
        '+' => "Running",
        '-' => "Halted",
        '=' => "Paused",
        _ => "Suspended",
    };
}
