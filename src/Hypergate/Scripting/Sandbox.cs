using Hypergate.Model;
using Microsoft.Extensions.Logging;

namespace Hypergate.Scripting;

/// <summary>Where scripts and jq programs run. Nothing is looked for or started before something wants to run.</summary>
/// <param name="settings">How they run.</param>
/// <param name="folder">An empty folder for workers to stand in; made when the first one starts.</param>
/// <param name="time">The clock.</param>
/// <param name="log">For what workers say beside the protocol, and for their deaths.</param>
/// <param name="faulted">Is told where a worker breaks the protocol; null for nobody.</param>
internal sealed class Sandbox(ScriptingSettings settings, string folder, TimeProvider time, ILogger log, SandboxFaultHandler? faulted = null) : IAsyncDisposable
{
    private readonly Lazy<ScriptPool> _pool = new(() => new ScriptPool(settings, folder, time, (log, faulted ?? (static (_, _, _) => Task.CompletedTask))));

    public ScriptingSettings Settings => settings;

    public ScriptPool Pool => _pool.Value;

    /// <summary>Runs jq programs, for rooms that know no sandbox.</summary>
    public JsonTransform Transform => (program, input, cancellation) => new JqRunner(Pool).RunAsync(program, input, cancellation);

    /// <summary>Runs composites, for rooms that know no sandbox.</summary>
    /// <param name="limitsOf">What the scripts of a caller may use.</param>
    public CompositeRunner Composite(Func<Caller, ScriptLimits> limitsOf) =>
        (caller, code, parameters, call, cancellation) => new CompositeHost(Pool, limitsOf(caller), time).RunAsync(code, parameters, call, cancellation);

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

    /// <summary>Starts a worker and tells what it is and which walls are up.</summary>
    /// <exception cref="SandboxException">Nothing can run here; the message says why.</exception>
    public async Task<SandboxReport> ReportAsync(CancellationToken cancellationToken)
    {
        var node = await Pool.NodeAsync(cancellationToken);
        var engines = await Pool.UseAsync(new("", PoolWork.Transform), "report", static worker => Task.FromResult(worker.Versions!), cancellationToken);
        return new(node, engines);
    }

    public ValueTask DisposeAsync() => _pool.IsValueCreated ? _pool.Value.DisposeAsync() : ValueTask.CompletedTask;
}
