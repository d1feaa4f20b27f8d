using Hypergate.Backends.Rest.Calls;
using Hypergate.Model;

namespace Hypergate.Governance.Arguments;

/// <summary>
/// Puts the arguments of operations with rules of their own into the form in which they are checked, agreed to and sent: under their names,
/// of their types, with defaults. Where nothing can be done without a loss, they stay for the check to refuse.
/// </summary>
internal sealed class ArrangementStep : ICallStep
{
    public Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken) => next(
        call.Operation.Rules is not { } rules ? call : call with
        {
            Arguments = ArgumentArrangement.Of(call.Operation, call.Arguments),
            Subject = rules.Composite is { Calls.Count: > 0 } composite ? call.Subject ?? Subject(call.Operation, composite) : call.Subject,
        },
        cancellationToken);

    // Who agrees to a script agrees to what it calls.
    private static CallSubject Subject(Operation operation, CompositeRules composite) =>
        new($"script {operation.Name}", operation.Name, [$"It may run {string.Join(", ", composite.Calls)}, each as often as its script says."]);
}
