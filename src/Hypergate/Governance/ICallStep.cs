using Hypergate.Model;

namespace Hypergate.Governance;

/// <summary>One policy. It answers itself, or hands the call on and may look at the outcome.</summary>
public interface ICallStep
{
    Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken);
}

/// <summary>The rest of the way to the platform.</summary>
public delegate Task<Outcome> CallNext(Call call, CancellationToken cancellationToken);
