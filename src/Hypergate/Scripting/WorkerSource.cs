using Microsoft.Extensions.Logging;

namespace Hypergate.Scripting;

/// <summary>Makes workers that are ready for jobs. Looks for Node when the first one is wanted, and again where that failed.</summary>
/// <param name="settings">Which Node, and how far it must be locked in.</param>
/// <param name="folder">An empty folder for workers to stand in; made where it is missing.</param>
/// <param name="log">For what workers write beside the protocol.</param>
/// <param name="time">The clock.</param>
internal sealed class WorkerSource(ScriptingSettings settings, string folder, ILogger log, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _probing = new(1, 1);
    private NodeInstallation? _node;

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

    public void Dispose() => _probing.Dispose();
}
