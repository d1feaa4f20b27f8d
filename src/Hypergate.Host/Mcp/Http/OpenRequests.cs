using System.Collections.Concurrent;
using Hypergate.Host.Metrics;
using Hypergate.Model;

namespace Hypergate.Host.Mcp.Http;

/// <summary>What callers have open at this moment: bounded for each, and ended for those who may no longer hold it.</summary>
internal sealed class OpenRequests(int most)
{
    private readonly ConcurrentDictionary<Lease, byte> _leases = new();
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Null where the caller has too many open.</summary>
    public Lease? Enter(Caller caller, Action abort)
    {
        if (_counts.AddOrUpdate(caller.Name, 1, static (_, count) => count + 1) > most)
        {
            Leave(caller.Name);
            return null;
        }

        var lease = new Lease(this, caller, abort);
        _leases[lease] = 0;
        GatewayMeters.RequestOpened();
        return lease;
    }

    /// <summary>Ends what belongs to callers that fit.</summary>
    public void End(Func<Caller, bool> fits)
    {
        foreach (var (lease, _) in _leases)
        {
            if (fits(lease.Caller))
            {
                lease.Abort();
            }
        }
    }

    private void Leave(string name)
    {
        var left = _counts.AddOrUpdate(name, 0, static (_, count) => count - 1);
        if (left <= 0)
        {
            _counts.TryRemove(new(name, 0));
        }
    }

    /// <summary>One request; disposing it gives the place back.</summary>
    internal sealed class Lease(OpenRequests all, Caller caller, Action abort) : IDisposable
    {
        public Caller Caller => caller;

        public void Abort() => abort();

        public void Dispose()
        {
            if (all._leases.TryRemove(this, out _))
            {
                all.Leave(caller.Name);
                GatewayMeters.RequestClosed();
            }
        }
    }
}
