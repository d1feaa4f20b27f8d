using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.Tasks;

namespace Hypergate.Simulator.PxCloud.World;

/// <summary>Everything that the installation knows. Whoever reads or changes it holds <see cref="Lock"/>.</summary>
internal sealed class PxWorld
{
    private readonly Dictionary<string, List<JsonObject>> _collections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public PxWorld(PxCloudOptions options, TimeProvider time)
    {
        (Options, Time, Dice) = (options, time, new Random(options.Seed));
        Tasks = new PxTasks(this);
    }

    /// <summary>Guards everything in here: requests come from many threads.</summary>
    public Lock Lock { get; } = new();

    public PxCloudOptions Options { get; }

    public TimeProvider Time { get; }

    public Random Dice { get; }

    public PxTasks Tasks { get; }

    public long Seconds => Time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The objects of a kind: <c>vms</c>, <c>nodes</c>.</summary>
    public List<JsonObject> this[string collection] => _collections.TryGetValue(collection, out var list) ? list : _collections[collection] = [];

    /// <exception cref="PxError">404: there is none of that id.</exception>
    public JsonObject Get(string collection, string id) => TryGet(collection, id) ?? throw PxError.NotFound(Kinds.NameOf(collection), id);

    public JsonObject? TryGet(string collection, string id) => this[collection].Find(item => item.Text(Kinds.KeyOf(collection)) == id);

    /// <summary>An id that nothing had before.</summary>
    public string NewId(string collection)
    {
        var number = _numbers[collection] = _numbers.GetValueOrDefault(collection) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{Kinds.Short(collection)}-{number:0000}");
    }

    /// <summary>The node of a machine or of a wish: by its id <c>cluster:name</c>, or its name where that is clear.</summary>
    /// <exception cref="PxError">404 or 409: none or several.</exception>
    public JsonObject Node(string cluster, string name) =>
        this["nodes"].Find(node => node.Text("cluster") == cluster && (node.Text("name") == name || node.Text("id") == name)) ?? throw PxError.NotFound("node", name);

    /// <summary>Counts that follow from the machines.</summary>
    public void Recount()
    {
        foreach (var node in this["nodes"])
        {
            var own = this["vms"].FindAll(vm => vm.Text("cluster") == node.Text("cluster") && vm.Text("node") == node.Text("name"));
            var running = own.FindAll(static vm => vm.Text("status") == "running");
            node["vms"] = own.Count;
            node["memory_used_mb"] = 4096 + running.Sum(static vm => vm.Number("memory_mb"));
            node["cpu_usage"] = Math.Round(Math.Min(1, 0.02 + (running.Sum(static vm => vm.Number("cpu")) * 0.12 / Math.Max(1, node.Number("cpu_cores")))), 3);
        }

        foreach (var cluster in this["clusters"])
        {
            cluster["nodes"] = this["nodes"].Count(node => node.Text("cluster") == cluster.Text("id"));
            cluster["vms"] = this["vms"].Count(vm => vm.Text("cluster") == cluster.Text("id"));
        }
    }
}
