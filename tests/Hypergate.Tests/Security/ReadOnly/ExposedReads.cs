using System.Text.Json.Nodes;
using Hypergate.Model;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Security.ReadOnly;

/// <summary>For every operation that a read-only gateway shows, arguments made from the simulated data centre.</summary>
internal static class ExposedReads
{
    /// <summary>What every call may ask for, in each form that an answer can have.</summary>
    private static readonly string[] Formats = ["markdown", "json", "csv", "passthrough"];

    public static IReadOnlyList<Operation> Of(GatewayUnderTest gateway)
    {
        var policy = gateway.Gateway.Parts.Policies["xo"];
        return [.. gateway.Gateway.Parts.Catalog.Current.Find("xo")!.Operations.Where(policy.Shows)];
    }

    /// <summary>The tool and the calls: once for each format, with every field where fields can be asked for.</summary>
    public static IEnumerable<string> Calls(GatewayUnderTest gateway, Operation operation)
    {
        var arguments = new JsonObject { ["operation"] = operation.Name };
        foreach (var parameter in operation.Parameters.Where(static parameter => parameter.Required))
        {
            arguments[parameter.Name] = Value(gateway, operation, parameter);
        }

        foreach (var format in Formats)
        {
            var call = arguments.DeepClone().AsObject();
            call["format"] = operation.Result == ResultShape.Nothing ? null : format;
            call["fields"] = operation.Result == ResultShape.List ? "*" : null;
            yield return call.ToJsonString();
        }
    }

    private static JsonNode Value(GatewayUnderTest gateway, Operation operation, Parameter parameter) => parameter.Name switch
    {
        "id" when operation.Path.Split('/')[1] == "users" => IdOf(gateway, "users", static user => user["email"]!.GetValue<string>() == "admin"),
        "id" => IdOf(gateway, operation.Path.Split('/')[1], static _ => true),
        "userId" => IdOf(gateway, "users", static _ => true),
        "granularity" => "hours",
        _ => throw new InvalidOperationException($"{operation.Name} needs {parameter.Name}, which the test does not know."),
    };

    private static string IdOf(GatewayUnderTest gateway, string collection, Func<JsonObject, bool> fits) =>
        gateway.Xo.World.Read(() => gateway.Xo.World[collection].All.FirstOrDefault(fits)?["id"]?.GetValue<string>()) ?? Guid.Empty.ToString();
}
