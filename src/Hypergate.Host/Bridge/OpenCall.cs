namespace Hypergate.Host.Bridge;

/// <summary>A request of the client that has no answer yet.</summary>
internal sealed class OpenCall(RpcMessage request) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public RpcMessage Request => request;

    public string Id => request.Id!;

    public CancellationToken Stopped => _stop.Token;

    /// <summary>Whether the client no longer waits for an answer.</summary>
    public bool IsCancelled { get; private set; }

    public bool IsSubscription => request.Method == "subscriptions/listen";

    /// <summary>The client has cancelled it.</summary>
    public void Cancel() => IsCancelled = true;

    /// <summary>Closes its connection. Where requests end with that (2026-07-28), it ends at the other side too.</summary>
    public void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    public void Dispose() => _stop.Dispose();
}
