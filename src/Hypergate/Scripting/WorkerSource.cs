using Microsoft.Extensions.Logging;

namespace Hypergate.Scripting;

/// <summary>
/// Makes workers that are ready for jobs, and ends them. Looks for Node when the first one is wanted, and again where that failed; the more
/// workers die, the longer the next one is not started.
/// </summary>
/// <param name="settings">Which Node, and how far it must be locked in.</param>
/// <param name="folder">An empty folder for workers to stand in; made where it is missing.</param>
/// <param name="log">For what workers write beside the protocol, and for their deaths.</param>
/// <param name="time">The clock.</param>
internal sealed partial class WorkerSource(ScriptingSettings settings, string folder, ILogger log, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _probing = new(1, 1);
    private readonly PoolHealth _health = new(time);
    private NodeInstallation? _node;

    /// <summary>Whether none is started for now because they keep dying.</summary>
    public bool IsIll => _health.IsIll;

    /// <summary>The Node that runs workers.</summary>
    /// <exception cref="SandboxException">There is none; the message says why.</exception>
    public async Task<NodeInstallation> NodeAsync(CancellationToken cancellationToken)
    {
        await _probing.WaitAsync(cancellationToken);
        try
        {
            return _node ??= await new NodeProbe(settings).FindAsync(cancellationToken);
        }
        finally
        {
            _probing.Release();
        }
    }

    /// <exception cref="SandboxException">It cannot be started.</exception>
    public async Task<ScriptWorker> StartAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_health.Pause, time, cancellationToken);
        try
        {
            var worker = await GreetedAsync(cancellationToken);
            _health.Worked();
            return worker;
        }
        catch (SandboxException exception) when (exception.Code == "sandbox_crashed")
        {
            HasDied(exception.Message);
            throw;
        }
    }

    /// <summary>Ends a worker that <see cref="StartAsync"/> has started.</summary>
    public async Task EndAsync(ScriptWorker worker)
    {
        if (worker.Crashed is { } why)
        {
            HasDied(why);
        }

        await worker.EndAsync();
        worker.Dispose();
    }

    public void Dispose() => _probing.Dispose();

    private async Task<ScriptWorker> GreetedAsync(CancellationToken cancellationToken)
    {
        var process = new WorkerProcess(await NodeAsync(cancellationToken), WorkerFile.Find(), folder, log);
        var worker = new ScriptWorker(process.Start(), WorkerLimits.Of(settings.Limits), time);
        try
        {
            await worker.GreetAsync(cancellationToken);
            return worker;
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    private void HasDied(string why)
    {
        _health.Died();
        Died(log, why);
    }

    [LoggerMessage(1, LogLevel.Warning, "A script worker has died: {Why}")]
    private static partial void Died(ILogger logger, string why);
}
