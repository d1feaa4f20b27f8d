using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Description;
using Hypergate.Simulator.ProxmoxVe.Faults;
using Hypergate.Simulator.ProxmoxVe.Handlers;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.Validation;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Server;

/// <summary>
/// Runs an operation in the platform's order: is there one, does a parameter contradict the path, may tokens, may the caller, is the
/// node there, are the parameters right, and then the operation itself.
/// </summary>
internal sealed class Operations(Cluster cluster, HandlerTable handlers)
{
    private readonly RouteTable _routes = RouteTable.Shared;
    private readonly ParameterCheck _check = new(RouteTable.Shared);

    /// <summary>Holds the cluster's lock while it runs.</summary>
    /// <returns>The answer, and a task to wait for before it is written.</returns>
    public (Reply Reply, (PveTask Task, TimeSpan Time)? Awaited) Run(
        string format, string method, string path, string identity, Parameters parameters, PveFault? fault)
    {
        lock (cluster.Lock)
        {
            try
            {
                cluster.Tasks.CatchUp();
                if (_routes.Find(method, path) is not var (route, values))
                {
                    throw PveError.NotImplemented(method, path);
                }

                return Run(format, route, values, new Request(path, identity, parameters), fault);
            }
            catch (PveError error)
            {
                return (Failed(format, error), null);
            }
        }
    }

    private (Reply Reply, (PveTask Task, TimeSpan Time)? Awaited) Run(
        string format, Route route, Dictionary<string, string> values, Request request, PveFault? fault)
    {
        Contradict(values, request.Parameters);
        if (!route.AllowsTokens && Access.TokenId.Split(request.Identity) is not null)
        {
            throw PveError.Forbidden($"URI '{request.Path}' not available with API token, need proper ticket.\n");
        }

        cluster.Permissions.Demand(route, request.Identity, request.Parameters);
        if (route.Proxied && Unreachable(values["node"]) is { } away)
        {
            return (away, null);
        }

        _check.Demand(route, request.Parameters);
        if (fault?.StaleDigest == true && request.Parameters.Has("digest"))
        {
            throw new PveError("checksum mismatch (file change by other user?)");
        }

        var handler = handlers.Find(route.Key) ?? throw PveError.NotImplemented(route.Method, request.Path);
        // Logging in and asking an agent write nothing.
        if (route.Method != "GET" && route.OpenTo != "world" && !route.Path.Contains("/agent/", StringComparison.Ordinal))
        {
            cluster.DemandQuorum();
        }

        var call = new Call(cluster, route, request.Identity, request.Parameters);
        return (Done(format, handler(call), call, fault), call.Awaited);
    }

    // A parameter that says something else than the path is refused before anything else.
    private static void Contradict(Dictionary<string, string> values, Parameters parameters)
    {
        foreach (var (name, value) in values)
        {
            if (parameters.Text(name) is { } given && given != value)
            {
                throw PveError.Parameter(name, "duplicate parameter (already defined in URI) with conflicting values!");
            }

            parameters[name] = value;
        }
    }

    private Reply? Unreachable(string name)
    {
        if (name == "localhost" || name == cluster.Local.Name)
        {
            return null;
        }

        var node = cluster.Node(name)
            ?? throw new PveError($"hostname lookup '{name}' failed - failed to get address info for: {name}: Name or service not known");
        return node.Reachable ? null : Reply.Plain(595, "Connection refused");
    }

    private static Reply Done(string format, JsonNode? data, Call call, PveFault? fault)
    {
        if (data is JsonArray rows && fault is not null)
        {
            data = Changed(rows, fault);
        }

        var document = new JsonObject { ["data"] = data };
        if (call.Total is > 0 and var total)
        {
            document["total"] = total;
        }

        if (format == "extjs")
        {
            document["success"] = 1;
        }

        return new Reply { Status = 200, Document = document };
    }

    private static JsonArray Changed(JsonArray rows, PveFault fault) => fault.EmptyLists
        ? []
        : new JsonArray([.. Enumerable.Repeat(rows, fault.RepeatRows).SelectMany(static copy => copy).Select(static row => row?.DeepClone())]);

    private static Reply Failed(string format, PveError error)
    {
        var document = new JsonObject { ["data"] = null, ["message"] = error.Text };
        if (error.ErrorsObject is { } errors)
        {
            document["errors"] = errors;
        }

        if (format != "extjs")
        {
            return new Reply { Status = error.Status, Reason = error.Text, Document = document, Delayed = error.Status == 401 };
        }

        document["success"] = 0;
        document["status"] = error.Status;
        return new Reply { Status = 200, Document = document };
    }

    private sealed record Request(string Path, string Identity, Parameters Parameters);
}
