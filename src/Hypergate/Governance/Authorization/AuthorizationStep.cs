using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>Refuses what the policy does not show, in the words for what does not exist.</summary>
/// <param name="policies">The policy of each backend by its name.</param>
/// <param name="accessOf">The class of a call, which its arguments may raise above the operation's own.</param>
/// <param name="objects">Decides where conditions ask for objects and arguments; null where no role has any.</param>
internal sealed class AuthorizationStep(IReadOnlyDictionary<string, OperationPolicy> policies, Func<Call, Access> accessOf, ConditionalRights? objects = null) : ICallStep
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

        var (access, book) = (accessOf(call), policy.Place.Book);
        if (audience.IsReadOnly && access > Access.Read)
        {
            return Task.FromResult<Outcome>(new Outcome.Refused(Policy, $"With these arguments {call.Operation.Name} is {access.ToString().ToLowerInvariant()}, and {call.Caller.Name} only looks. Nothing was sent."));
        }

        if (book.IsPlain)
        {
            return audience.Reaches(access) ? next(call, cancellationToken) : Task.FromResult<Outcome>(TooHigh(call, access));
        }

        var rights = book.Of(audience);
        if (rights.HasConditions && objects is not null)
        {
            return objects.InvokeAsync(call, new ConditionalRights.Ask(policy.Place, rights, access), next, cancellationToken);
        }

        var decision = rights.Decide(policy.Place.Subject(call.Operation, access, static _ => Known.Unknown));
        call.Notes?.Rule = decision.Rule;
        return decision.IsAllowed
            ? next(call with { RoleConsent = decision.Confirm }, cancellationToken)
            : Task.FromResult<Outcome>(TooHigh(call, access));
    }

    // What is there for scripts alone is there for these.
    private static Operation Seen(Call call) => call is { Within: not null, Operation.Rules: { IsInternal: true } rules }
        ? call.Operation with { Rules = rules with { IsInternal = false } }
        : call.Operation;

    /// <summary>The one text for an operation that is hidden and for one that is not there, on every surface.</summary>
    public static string NoSuchOperation(string operation, string backend) =>
        $"There is no operation '{operation}' on backend '{backend}'. The tools here list or find every operation that there is.";

    internal static Outcome.Refused TooHigh(Call call, Access access) => new(
        Policy, $"With these arguments {call.Operation.Name} is {access.ToString().ToLowerInvariant()}, which the role of {call.Caller.Name} does not reach. Nothing was sent.");
}
