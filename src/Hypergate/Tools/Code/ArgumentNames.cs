using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>The names of arguments that a refused call may have meant: near ones for those that it made up, else the ones that it lacks.</summary>
internal static class ArgumentNames
{
    public static IReadOnlyList<string> Meant(Call call)
    {
        var given = call.Arguments.EnumerateObject().Select(static argument => argument.Name).ToList();
        List<string> known = [.. call.Operation.Parameters.Select(static parameter => parameter.Name), .. call.Operation.Body is null ? Array.Empty<string>() : [OwnArguments.Body], .. OwnArguments.For(call.Operation)];
        var unknown = given.Where(name => !known.Contains(name)).ToList();
        return unknown.Count > 0
            ? [.. unknown.SelectMany(name => OperationLookup.Nearest(name, [.. known.Except(given)])).Distinct(StringComparer.Ordinal)]
            : [.. call.Operation.Parameters.Where(static parameter => parameter.Required).Select(static parameter => parameter.Name)
                .Concat(call.Operation.Body is { Required: true } ? [OwnArguments.Body] : []).Except(given)];
    }
}
