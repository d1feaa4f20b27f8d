using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>Refuses what the policy does not show, in the words for what does not exist.</summary>
/// <param name="policies">The policy of each backend by its name.</param>
/// <param name="accessOf">The class of a call, which its arguments may raise above the operation's own.</param>
public sealed class AuthorizationStep(IReadOnlyDictionary<string, OperationPolicy> policies, Func<Call, Access> accessOf) : ICallStep
{
    private const string Policy = "authorization";

    public Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        // Its author asked for it in the file, and the operator in the settings.
        if (call.Within is { IsDelegated: true })
        {
            return next(call, cancellationToken);
        }

        var audience = Audience.Of(call.Caller);
        if (!policies.TryGetValue(call.Backend, out var policy)
            || !audience.Has(call.Backend)
            || !policy.Under(audience).Shows(Seen(call)))
        {
            return Task.FromResult<Outcome>(new Outcome.Refused(Policy, NoSuchOperation(call.Operation.Name, call.Backend)));
        }

        return accessOf(call) is var access && audience.Reaches(access)
            ? next(call, cancellationToken)
            : Task.FromResult<Outcome>(new Outcome.Refused(
                Policy, $"With these arguments {call.Operation.Name} is {access.ToString().ToLowerInvariant()}, which the role of {call.Caller.Name} does not reach. Nothing was sent."));
    }

    // What is there for scripts alone is there for these.
    private static Operation Seen(Call call) => call is { Within: not null, Operation.Rules: { IsInternal: true } rules }
        ? call.Operation with { Rules = rules with { IsInternal = false } }
        : call.Operation;

    /// <summary>The one text for an operation that is hidden and for one that is not there.</summary>
    public static string NoSuchOperation(string operation, string backend) =>
        $"There is no operation '{operation}' on backend '{backend}'. The descriptions of the tools list the operations that there are.";
}
