using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.Http;

/// <summary>The address of a call: its arguments sorted into path and query as the operation's parameters say.</summary>
internal static class OperationAddress
{
    /// <param name="baseAddress">The base address of the API.</param>
    /// <param name="operation">Only its declared parameters are sent.</param>
    /// <param name="arguments">A JSON object with one property for each parameter.</param>
    /// <param name="query">Holds what the gateway itself sets; the arguments are added to it.</param>
    /// <param name="rule">What the platform asks of path values.</param>
    /// <param name="queryValue">A value of the query as the platform wants to see it.</param>
    public static RequestAddress Build(
        Uri baseAddress, Operation operation, JsonElement arguments, QueryValues query, PathRule? rule = null, Func<JsonElement, JsonElement>? queryValue = null)
    {
        var path = new Dictionary<string, string>(StringComparer.Ordinal);
        var template = operation.Path;
        foreach (var parameter in operation.Parameters)
        {
            if (!arguments.TryGetProperty(parameter.Name, out var value))
            {
                continue;
            }

            if (parameter.Place is ParameterPlace.Header or ParameterPlace.Cookie or ParameterPlace.Body || (parameter.Wire is not null && value.ValueKind == JsonValueKind.Null))
            {
                continue;
            }

            if (parameter.Wire is { } wire)
            {
                if (parameter.Place == ParameterPlace.Query ? TryAdd(query, wire, value) : TryFill(ref template, wire, value))
                {
                    continue;
                }

                return new RequestAddress.Refused(parameter.Name, $"The argument '{parameter.Name}' cannot be written into the address: {(parameter.Place == ParameterPlace.Query ? "a list in it holds null; leave that item out" : "it is empty, holds null, or would lead to another path")}.");
            }

            if (parameter.Place == ParameterPlace.Query)
            {
                if (query.TryAdd(parameter.Name, queryValue?.Invoke(value) ?? value) is { } problem)
                {
                    return new RequestAddress.Refused(parameter.Name, problem);
                }

                continue;
            }

            if (ArgumentText.TryRead(value) is not { } text)
            {
                return new RequestAddress.Refused(parameter.Name, $"The argument '{parameter.Name}' must be a text.");
            }

            path[parameter.Name] = text;
        }

        return RequestAddress.Build(baseAddress, template, path, query, rule);
    }

    private static bool TryAdd(QueryValues query, ParameterWire wire, JsonElement value)
    {
        if (ParameterText.Query(wire, value) is not { } entries)
        {
            return false;
        }

        foreach (var (name, text) in entries)
        {
            query.AddEncoded(name, text);
        }

        return true;
    }

    // Values are encoded already, so that they hold no brace and no slash.
    private static bool TryFill(ref string template, ParameterWire wire, JsonElement value)
    {
        if (ParameterText.Path(wire, value) is not { } text)
        {
            return false;
        }

        template = template.Replace($"{{{wire.Name}}}", text, StringComparison.Ordinal);
        return true;
    }
}
