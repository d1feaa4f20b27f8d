using Hypergate.Governance;
using Hypergate.Model;

namespace Hypergate.Inventory;

/// <summary>Sees every change on its way to a platform, so that nothing read before it is shown after it.</summary>
internal sealed class ChangeWatch(ReadCache cache) : ICallStep
{
    public async Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        if (!call.Operation.Changes)
        {
            return await next(call, cancellationToken);
        }

        var settled = false;
        cache.Forget(call.Backend, settled: true);
        cache.Changes.Note(call);
        try
        {
            var outcome = await next(call, cancellationToken);
            settled = outcome is not (Outcome.Done { Job.State: JobState.Running or JobState.Unknown } or Outcome.Failed { Status: null });
            return outcome;
        }
        finally
        {
            cache.Changes.Note(call);
            cache.Forget(call.Backend, settled);
        }
    }
}
