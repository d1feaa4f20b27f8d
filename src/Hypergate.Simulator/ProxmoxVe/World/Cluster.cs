using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Access;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;

namespace Hypergate.Simulator.ProxmoxVe.World;

/// <summary>Everything that a cluster knows. Whoever reads or changes it holds <see cref="Lock"/>.</summary>
internal sealed class Cluster
{
    public Cluster(string name, TimeProvider time, ProxmoxOptions options)
    {
        (Name, Time, Options) = (name, time, options);
        Started = time.GetUtcNow();
        Dice = new Random(options.Seed);
        Tasks = new TaskBoard(this);
        Rights = new Rights(Users, PoolsOf);
        Permissions = new PermissionCheck(Users, Rights);
    }

    /// <summary>Guards everything in here: requests come from many threads.</summary>
    public Lock Lock { get; } = new();

    public string Name { get; }

    public TimeProvider Time { get; }

    public ProxmoxOptions Options { get; }

    public DateTimeOffset Started { get; }

    public Random Dice { get; }

    public TaskBoard Tasks { get; }

    public UserConfig Users { get; } = new();

    public Rights Rights { get; }

    public PermissionCheck Permissions { get; }

    /// <summary>The number of the cluster's configuration.</summary>
    public int ConfigVersion { get; init; } = 2;

    public bool Quorate { get; set; } = true;

    /// <summary>The node that answers; the first one.</summary>
    public ClusterNode Local => Nodes[0];

    public Volumes Volumes => new(this);

    public List<ClusterNode> Nodes { get; } = [];

    public SortedDictionary<int, Guest> Guests { get; } = [];

    public SortedDictionary<string, Storage> Storages { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Pool> Pools { get; } = new(StringComparer.Ordinal);

    /// <summary>The settings of the datacenter.</summary>
    public SortedDictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>Lists of plain records, such as backup jobs, by the path that lists them.</summary>
    public Dictionary<string, List<JsonObject>> Records { get; } = [];

    /// <summary>When the nodes last told each other their numbers.</summary>
    public DateTimeOffset? Told { get; set; }

    public DateTimeOffset Now => Time.GetUtcNow();

    public long Seconds => Now.ToUnixTimeSeconds();

    public List<JsonObject> List(string name) => Records.TryGetValue(name, out var list) ? list : Records[name] = [];

    public ClusterNode? Node(string name) => Nodes.Find(node => node.Name == name);

    public Pool? PoolOf(int vmId) => Pools.Values.FirstOrDefault(pool => pool.Guests.Contains(vmId));

    /// <summary>The guest of a node; 500 where its configuration is not there.</summary>
    public Guest Guest(string type, string node, int vmId)
    {
        var folder = type == "qemu" ? "qemu-server" : "lxc";
        return Guests.TryGetValue(vmId, out var guest) && guest.Type == type && guest.Node == node
            ? guest
            : throw new PveError($"Configuration file 'nodes/{node}/{folder}/{vmId}.conf' does not exist");
    }

    /// <summary>500 where the cluster has lost its quorum.</summary>
    public void DemandQuorum()
    {
        if (!Quorate)
        {
            throw new PveError("cluster not ready - no quorum?");
        }
    }

    private IEnumerable<string> PoolsOf(string path) => path.Split('/') switch
    {
        [_, "vms", var id] when int.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var vmId) => Pools.Values.Where(pool => pool.Guests.Contains(vmId)).Select(static pool => pool.Id),
        [_, "storage", var id] => Pools.Values.Where(pool => pool.Storages.Contains(id)).Select(static pool => pool.Id),
        _ => [],
    };
}
