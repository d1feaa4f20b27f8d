using Hypergate.Model;

namespace Hypergate.Governance.Cleaning;

/// <summary>Cleans the texts of every outcome before they are recorded and told.</summary>
/// <param name="clean">Supplied from outside, because cleaning belongs to the results.</param>
public sealed class CleaningStep(Func<Call, Outcome, Outcome> clean) : ICallStep
{
    public async Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken) =>
        clean(call, await next(call, cancellationToken));
}
