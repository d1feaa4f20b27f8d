using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Catalog;
using Hypergate.Governance;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Changes;
using Hypergate.Governance.Confirmation;
using Hypergate.Host.Settings;
using Hypergate.Model;

namespace Hypergate.Host.Policies;

/// <summary>What settings would say to calls, asked without sending any. Objects are looked up on the platforms as they are now.</summary>
internal sealed class PolicyTrial
{
    private readonly GatewaySettings _settings;
    private readonly RoleBook _roles;
    private readonly ConditionalRights _conditional;
    private readonly ConsentPolicy _consent;
    private readonly CallNext _read;
    private readonly ObjectLookup _lookup;
    private readonly TimeProvider _time;

    /// <param name="settings">Those that are tried.</param>
    /// <param name="catalog">Where operations are found that look up objects.</param>
    /// <param name="read">Runs a look-up, in the name of the person at the machine.</param>
    /// <param name="time">For conditions about the time.</param>
    public PolicyTrial(GatewaySettings settings, LiveCatalog catalog, CallNext read, TimeProvider time)
    {
        (_settings, _roles, _read, _consent, _time) = (settings, new RoleBook(settings.Roles), read, new ConsentPolicy(settings.Policy), time);
        _lookup = new ObjectLookup(catalog, name => KindOf(name)?.Objects, time);
        _conditional = new ConditionalRights(_lookup, time);
    }

    /// <summary>The operation as these settings class it; null where they do not offer it to anybody.</summary>
    public Operation? Offered(string backend, Operation operation)
    {
        if (_settings.Backends.FirstOrDefault(candidate => candidate.Name == backend) is not { } configured)
        {
            return null;
        }

        var classed = new AccessOverrides(configured.AccessOverrides).Apply([operation])[0];
        return new OperationPolicy(OperationRights.Of(configured)).Shows(classed) ? classed : null;
    }

    /// <summary>How the rules of the caller's roles stand to a call.</summary>
    public Task<IReadOnlyList<(Rule Rule, Fit Fit)>> RulesAsync(Call call, CancellationToken cancellationToken) =>
        _conditional.ExplainAsync(call, AskOf(call), _read, cancellationToken);

    /// <summary>The window or freeze that would keep a call from changing anything at this moment; null for none.</summary>
    public Task<string?> ClosedAsync(Call call, FreezeBoard freezes, CancellationToken cancellationToken) => call.Operation.Changes
        ? new ChangeGateStep(freezes, new ChangeCalendar(_settings.Changes), _lookup, _time).ProblemAsync(call, _read, cancellationToken)
        : Task.FromResult<string?>(null);

    /// <summary>The caller's roles that may see the secrets in answers of a backend; none where these are hidden.</summary>
    public IReadOnlyList<string> RolesThatSeeSecrets(Call call) =>
        [.. call.Caller.Roles.Where(role => _roles.Find(role)?.Secrets.Any(pattern => Glob.Fits(pattern, call.Backend)) == true)];

    /// <summary>
    /// The arguments whose values the rules about such a call ask for, by their dotted paths. Whether there is an argument at all needs no value.
    /// </summary>
    public IReadOnlyList<string> ArgumentsAskedFor(Call call)
    {
        var operation = Offered(call.Backend, call.Operation) ?? call.Operation;
        var ask = AskOf(call with { Operation = operation });
        var subject = ask.Place.SubjectOf(operation);
        return
        [
            .. ask.Rights.All.Where(rule => rule.FitsOperation(subject) || rule.FitsOperation(subject with { Access = ask.Access })).SelectMany(static rule => rule.Conditions)
                .Where(static condition => condition.Wanted != new ConditionSettings { Exists = condition.Wanted.Exists })
                .SelectMany(static condition => new[] { condition.Path, condition.Wanted.SameAs ?? "" })
                .Select(static path => path.Split('.', 2) switch
                {
                    ["args", var name] => name,
                    ["ref", _] => CallValues.ArgumentOf(path),
                    _ => "",
                })
                .Where(static name => name.Length > 0).Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>The decision in a word, and the rule that made it.</summary>
    public async Task<PolicyAnswer> DecideAsync(Call call, CancellationToken cancellationToken)
    {
        if (Offered(call.Backend, call.Operation) is not { } operation)
        {
            return new("does not exist", "the settings of the backend do not offer it");
        }

        call = call with { Operation = operation };
        var audience = Audience.Of(call.Caller);
        if (!audience.Has(call.Backend))
        {
            return new("does not exist", "the caller's key is not for this backend");
        }

        if (audience.IsReadOnly && operation.Changes)
        {
            return new("does not exist", "the caller only looks");
        }

        var ask = AskOf(call);
        var shown = ask.Rights.DecideShowing(ask.Place.SubjectOf(operation));
        if (shown.Verdict == Verdict.Deny)
        {
            return new("does not exist", shown.Rule);
        }

        var judged = await _conditional.JudgeAsync(call, ask, _read, cancellationToken);
        return judged switch
        {
            { Refusal: Outcome.Failed { Status: 404 } or Outcome.Refused, Decision: { IsAllowed: false } decision } => new("refused", decision.Rule),
            { Refusal: Outcome.Failed { Status: 404 } } => new("refused", "no such object"),
            { Refusal: Outcome.Refused refused } => new("refused", refused.Reason),
            { Refusal: Outcome.Failed failed } => new("not known", failed.Detail),
            { Decision: { } decision } => new(Allowed(call with { RoleConsent = decision.Confirm }, ask.Access), decision.Rule),
            _ => new("allowed, rows by rules", shown.Rule),
        };
    }

    private string Allowed(Call call, Access access) => (call.Operation.Changes ? _consent.LevelOf(call, access) : ConsentRule.None) switch
    {
        ConsentRule.None => "allowed",
        ConsentRule.Confirm => "allowed, confirm",
        ConsentRule.Approve => "allowed, approve",
        _ => "allowed, four-eyes",
    };

    private ConditionalRights.Ask AskOf(Call call)
    {
        var kind = KindOf(call.Backend);
        var place = new PolicyPlace(call.Backend, kind?.Name ?? "", _roles) { HasObjects = kind?.Objects is { } objects ? objects.HasTarget : static _ => true };
        return new(place, _roles.Of(Audience.Of(call.Caller)), kind?.AccessOf(call.Operation, call.Arguments) ?? call.Operation.Access);
    }

    private BackendKind? KindOf(string backend) =>
        _settings.Backends.FirstOrDefault(candidate => candidate.Name == backend) is { } configured ? BackendKinds.Find(configured.Kind) : null;

    /// <summary>A call that is only thought of.</summary>
    public static Call CallOf(Caller caller, string backend, Operation operation, JsonElement arguments) =>
        new() { Caller = caller, Backend = backend, Operation = operation, Arguments = arguments, Tool = "policy" };
}

/// <summary>What settings say to a call.</summary>
/// <param name="Word"><c>allowed</c>, <c>allowed, approve</c>, <c>refused</c>, <c>does not exist</c> …</param>
/// <param name="Why">The rule.</param>
internal sealed record PolicyAnswer(string Word, string Why)
{
    public bool IsAllowed => Word.StartsWith("allowed", StringComparison.Ordinal);
}
