using Hypergate.Model;
using Microsoft.Extensions.Logging;

namespace Hypergate.Scripting;

/// <summary>Where scripts and jq programs run. Nothing is looked for or started before something wants to run.</summary>
/// <param name="settings">How they run.</param>
/// <param name="folder">An empty folder for workers to stand in; made when the first one starts.</param>
/// <param name="time">The clock.</param>
/// <param name="log">For what workers say beside the protocol, and for their deaths.</param>
internal sealed class Sandbox(ScriptingSettings settings, string folder, TimeProvider time, ILogger log) : IAsyncDisposable
{
    private readonly Lazy<ScriptPool> _pool = new(() => new ScriptPool(settings, folder, time, log));

    public ScriptingSettings Settings => settings;

    public ScriptPool Pool => _pool.Value;

    /// <summary>Runs jq programs, for rooms that know no sandbox.</summary>
    public JsonTransform Transform => (program, input, cancellation) => new JqRunner(Pool).RunAsync(program, input, cancellation);

    /// <summary>Runs composites, for rooms that know no sandbox.</summary>
    public CompositeRunner Composite => (code, parameters, call, cancellation) => new CompositeHost(Pool, Settings.Limits).RunAsync(code, parameters, call, cancellation);

    /// <summary>Runs the scripts of gates, for rooms that know no sandbox.</summary>
    public GateRunner Gate => (code, context, open, cancellation) => new GateHost(Pool).RunAsync(code, context, open, cancellation);

    /// <summary>Why nothing can run here; null where it can.</summary>
    public async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Pool.NodeAsync(cancellationToken);
            WorkerFile.Find();
            return null;
        }
        catch (SandboxException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>What runs scripts and which walls are up, for people.</summary>
    /// <exception cref="SandboxException">Nothing can run here; the message says why.</exception>
    public async Task<string> WallsAsync(CancellationToken cancellationToken)
    {
        var node = await Pool.NodeAsync(cancellationToken);
        WorkerFile.Find();
        var network = node.Launcher.Count > 0 ? "no network (own namespace)" : node.HasNoNetwork ? "no network (Node's permissions)" : "the network is not taken away: it needs Node.js 25, or unshare with user namespaces";
        return $"Scripts run in {node.Path} {node.Version} with {node.Flags[0]}; {network}.";
    }

    public ValueTask DisposeAsync() => _pool.IsValueCreated ? _pool.Value.DisposeAsync() : ValueTask.CompletedTask;
}
