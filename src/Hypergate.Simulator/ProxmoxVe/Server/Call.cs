using Hypergate.Simulator.ProxmoxVe.Access;
using Hypergate.Simulator.ProxmoxVe.Description;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Server;

/// <summary>A request that came through the front door: who wants what, with parameters that were checked.</summary>
internal sealed class Call(Cluster cluster, Route route, string identity, Parameters parameters)
{
    public Cluster Cluster => cluster;

    public Route Route => route;

    /// <summary>The user, or the token with its user: <c>root@pam!mcp</c>.</summary>
    public string Identity => identity;

    /// <summary>The user, also behind a token.</summary>
    public string User => TokenId.User(identity);

    /// <summary>The ticket of root, for which rights do not count.</summary>
    public bool IsRoot => identity == UserConfig.Root;

    public Parameters Parameters => parameters;

    public string Node => parameters.Required("node");

    public int VmId => (int)parameters.Integer("vmid")!.Value;

    /// <summary>How many there are, where an answer shows some of them.</summary>
    public int? Total { get; set; }

    /// <summary>A task to wait for before the answer, and how long.</summary>
    public (PveTask Task, TimeSpan Time)? Awaited { get; set; }

    public string? this[string name] => parameters.Text(name);

    public bool Flag(string name) => parameters.Flag(name);

    public bool May(string path, string privilege) => cluster.Rights.Has(identity, path, privilege);

    /// <summary>403 without the privileges.</summary>
    public void Need(string path, params IReadOnlyList<string> privileges) => cluster.Permissions.Need(identity, path, privileges);

    /// <summary>The guest of the path; 500 where there is none on that node.</summary>
    public Guest Guest(string type) => cluster.Guest(type, Node, VmId);

    /// <summary>Starts a task for the caller and gives its id.</summary>
    public string Start(string type, string id, Func<PveTask, IEnumerable<TimeSpan>> script) =>
        cluster.Tasks.Start(parameters.Text("node") ?? cluster.Local.Name, type, id, identity, script).Text;
}
