using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>Refuses what the policy does not show, in the words for what does not exist.</summary>
/// <param name="policies">The policy of each backend by its name.</param>
public sealed class AuthorizationStep(IReadOnlyDictionary<string, OperationPolicy> policies) : ICallStep
{
    public Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken) =>
        policies.TryGetValue(call.Backend, out var policy) && policy.Shows(call.Operation)
            ? next(call, cancellationToken)
            : Task.FromResult<Outcome>(new Outcome.Refused("authorization", NoSuchOperation(call.Operation.Name, call.Backend)));

    /// <summary>The one text for an operation that is hidden and for one that is not there.</summary>
    public static string NoSuchOperation(string operation, string backend) =>
        $"There is no operation '{operation}' on backend '{backend}'. The descriptions of the tools list the operations that there are.";
}
