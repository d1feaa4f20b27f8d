using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Operations;

namespace Hypergate.Simulator.XenOrchestra.Validation;

/// <summary>Checks path, query and body of a request against its operation; all that is wrong is told at once.</summary>
internal sealed class RequestCheck(Schemas schemas)
{
    /// <param name="operation">What was asked for.</param>
    /// <param name="path">The decoded values of the placeholders.</param>
    /// <param name="query">The decoded query: each name with all its values.</param>
    /// <param name="body">The body; an empty object where none came.</param>
    /// <exception cref="XoError">422 with one entry for each faulty field.</exception>
    public void Check(
        Operation operation, IReadOnlyDictionary<string, string> path, IReadOnlyDictionary<string, string[]> query, JsonNode? body)
    {
        var errors = new FieldErrors();
        foreach (var parameter in operation.Parameters)
        {
            CheckParameter(parameter, parameter.IsInPath ? [path[parameter.Name]] : query.GetValueOrDefault(parameter.Name) ?? [], errors);
        }

        if (operation.BodySchema is { } schema)
        {
            new SchemaCheck(schemas, Extras.Refuse).Check(schema, Found.Of(body), "body", "", errors);
        }

        if (errors.Any)
        {
            throw new XoError(422, errors.All) { ErrorData = new JsonObject() };
        }
    }

    private void CheckParameter(OperationParameter parameter, string[] values, FieldErrors errors)
    {
        var schema = schemas.Resolve(parameter.Schema);
        var type = schema["type"]?.GetValue<string>() ?? "";
        switch (values)
        {
            case [] when parameter.IsRequired:
                errors.Add(parameter.Name, $"'{parameter.Name}' is required", Found.Nothing);
                break;
            case []:
                break;
            case [var text] when schema.ContainsKey("enum") || schema.ContainsKey("anyOf"):
                new SchemaCheck(schemas, Extras.Refuse).Check(schema, Found.Of(text), parameter.Name, "", errors);
                break;
            case [var text] when Leaf.Fault(type, text) is { } fault:
                errors.Add(parameter.Name, fault, Found.Of(text));
                break;
            case [_, _, ..] when Fault(type) is { } fault:
                errors.Add(parameter.Name, fault, Found.Of(new JsonArray([.. values.Select(text => (JsonNode)text)])));
                break;
        }
    }

    /// <summary>What is wrong with a parameter that came more than once.</summary>
    private static string? Fault(string type) => type is "array" or "" ? null : Leaf.Fault(type, new JsonArray());
}
