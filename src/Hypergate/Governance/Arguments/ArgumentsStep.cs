using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Descriptions;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Governance.Arguments;

/// <summary>Refuses wrong, missing and unknown arguments before anything is sent or anybody is asked.</summary>
/// <param name="pathRule">What a backend's platform asks of path values beyond the rules for all.</param>
/// <param name="refusal">Why a backend's kind refuses a call for what its arguments would do; null where it does not.</param>
internal sealed class ArgumentsStep(Func<string, PathRule?> pathRule, Func<Call, string?> refusal) : ICallStep
{
    private const string Body = "body";
    private const int MostFaults = 10;
    private static readonly Uri Anywhere = new("http://localhost/");

    public Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        var faults = Misfits(call).Take(MostFaults).ToList();
        if (faults.Count == 0)
        {
            faults.AddRange(Dangers(call));
        }

        return faults.Count == 0
            ? next(call, cancellationToken)
            : Task.FromResult<Outcome>(new Outcome.Refused("arguments", Text(call.Operation, faults)));
    }

    private static string Text(Operation operation, List<string> faults) =>
        $"{string.Join(" ", faults)} Nothing was sent. The operation is {Signature.Of(operation)}; describe_operation shows its whole schema.";

    // What fits no schema. Texts that are no Unicode are found here, and nothing else looks at them.
    private static IEnumerable<string> Misfits(Call call)
    {
        var operation = call.Operation;
        foreach (var argument in call.Arguments.EnumerateObject())
        {
            if (!IsKnown(operation, argument.Name))
            {
                yield return Unknown(operation, argument.Name) + IdHint(operation, argument.Name, call.Arguments);
            }
        }

        foreach (var parameter in operation.Parameters)
        {
            foreach (var fault in Faults(operation, parameter, call.Arguments))
            {
                yield return fault;
            }
        }

        foreach (var fault in BodyFaults(operation, call.Arguments))
        {
            yield return fault;
        }
    }

    // What would fit, and do harm: before a person is asked about a call that should never be sent.
    private IEnumerable<string> Dangers(Call call) =>
        new[] { PropertyNames.Problem(call.Arguments), PathFault(call), refusal(call) }.OfType<string>();

    private static bool IsKnown(Operation operation, string name) =>
        (name == Body && operation.Body is not null) || operation.Parameters.Any(parameter => parameter.Name == name);

    private static string Unknown(Operation operation, string name)
    {
        var known = operation.Parameters.Select(static parameter => parameter.Name);
        var nearest = NearestName.Find(name, operation.Body is null ? known : known.Append(Body));
        return $"{operation.Name} takes no argument '{name}'" + (nearest is null ? "." : $"; did you mean '{nearest}'?");
    }

    // Platforms call the same thing id, uuid and by its kind.
    private static string IdHint(Operation operation, string name, JsonElement arguments) =>
        operation.Rules is not null && name is "id" or "uuid" or "name" or "ref"
        && operation.Parameters.Where(parameter => parameter is { Required: true, Place: ParameterPlace.Path } && !arguments.TryGetProperty(parameter.Name, out _)).ToList() is [var missing]
            ? $" Here it is '{missing.Name}'."
            : "";

    private static IEnumerable<string> Faults(Operation operation, Parameter parameter, JsonElement arguments)
    {
        if (!arguments.TryGetProperty(parameter.Name, out var value))
        {
            return parameter.Required && !IsInWhole(operation, parameter, arguments) ? [$"The argument '{parameter.Name}' is missing."] : [];
        }

        // A field that is sent as null is cleared.
        return value.ValueKind == JsonValueKind.Null && parameter.Place == ParameterPlace.Body
            ? []
            : JsonSchemaCheck.Check(parameter.Schema, value).Select(fault => Sentence(parameter.Name, fault));
    }

    // A field of a body that is given as a whole.
    private static bool IsInWhole(Operation operation, Parameter parameter, JsonElement arguments) =>
        parameter.Place == ParameterPlace.Body && operation.Rules?.BodyArgument is { } whole && arguments.TryGetProperty(whole, out _);

    private string? PathFault(Call call)
    {
        var values = call.Operation.Parameters
            .Where(parameter => parameter.Place == ParameterPlace.Path && call.Arguments.TryGetProperty(parameter.Name, out _))
            .ToDictionary(static parameter => parameter.Name, parameter => call.Arguments.GetProperty(parameter.Name).ToString());
        return values.Count > 0 && RequestAddress.Build(Anywhere, ShownPath(call.Operation), values, rule: pathRule(call.Backend)) is RequestAddress.Refused refused
            ? refused.Reason
            : null;
    }

    // With the names that callers know where the description's own cannot be shown.
    private static string ShownPath(Operation operation) => operation.Parameters
        .Where(static parameter => parameter is { Place: ParameterPlace.Path, Wire: not null })
        .Aggregate(operation.Path, static (path, parameter) => path.Replace($"{{{parameter.Wire!.Name}}}", $"{{{parameter.Name}}}", StringComparison.Ordinal));

    private static IEnumerable<string> BodyFaults(Operation operation, JsonElement arguments)
    {
        if (operation.Body is not { } body)
        {
            return [];
        }

        if (!arguments.TryGetProperty(Body, out var value))
        {
            return body.Required ? ["The argument 'body' is missing."] : [];
        }

        return JsonSchemaCheck.Check(body.Schema, value).Select(static fault => Sentence(Body, fault));
    }

    private static string Sentence(string root, SchemaFault fault)
    {
        var path = fault.Path.Length == 0 ? root : fault.Path.StartsWith('[') ? root + fault.Path : $"{root}.{fault.Path}";
        return $"'{path}' {fault.Problem.TrimEnd('.')}.";
    }
}
