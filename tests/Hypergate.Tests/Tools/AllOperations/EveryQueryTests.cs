using System.Text.Json.Nodes;
using Hypergate.Model;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.AllOperations;

/// <summary>Every query that a model is offered, asked of the simulated Xen Orchestra with objects that exist there.</summary>
public sealed class EveryQueryTests(ReadingGateway reading) : IClassFixture<ReadingGateway>
{
    [Fact]
    public async Task Each_query_gives_an_answer_that_is_no_error()
    {
        var gateway = reading.Gateway;
        var before = gateway.Xo.StateHash();
        var failures = new List<string>();
        var count = 0;
        foreach (var tool in gateway.Gateway.Tools.Current.Where(static tool => tool.Name.EndsWith("_query", StringComparison.Ordinal)))
        {
            foreach (var name in tool.InputSchema.GetProperty("properties").GetProperty("operation").GetProperty("enum").EnumerateArray().Select(static name => name.GetString()!))
            {
                var operation = gateway.Gateway.Parts.Catalog.Current.Find("xo", name)!;
                var arguments = await ArgumentsAsync(gateway, operation);
                var result = await gateway.CallAsync(tool.Name, arguments);
                count++;
                if (result.IsError || result.Text.Length is 0 or > 25_000)
                {
                    failures.Add($"{name} {arguments}: {result.Text}");
                }
            }
        }

        Assert.Empty(failures);
        Assert.InRange(count, 125, 145);
        Assert.Equal(before, gateway.Xo.StateHash());
    }

    private static async Task<string> ArgumentsAsync(GatewayUnderTest gateway, Operation operation)
    {
        var arguments = new JsonObject { ["operation"] = operation.Name };
        foreach (var parameter in operation.Parameters.Where(static parameter => parameter.Required))
        {
            arguments[parameter.Name] = parameter.Name == "id"
                ? await IdAsync(gateway, operation)
                : throw new InvalidOperationException($"{operation.Name} needs {parameter.Name}.");
        }

        return arguments.ToJsonString();
    }

    // An object of the collection that the path begins with, for statistics one that runs.
    private static async Task<string> IdAsync(GatewayUnderTest gateway, Operation operation)
    {
        var collection = "/" + string.Join('/', operation.Path.Split('/').Skip(1).TakeWhile(static segment => segment != "{id}"));
        var list = gateway.Gateway.Parts.Catalog.Current.Find("xo")!.Operations.Single(candidate => candidate.Method == "GET" && candidate.Path == collection);
        var filter = list.Domain is "vms" or "hosts" ? "power_state:Running" : "";
        var result = await gateway.DoneAsync(
            $"{list.Domain}_query", $$"""{"operation":"{{list.Name}}","fields":"id","limit":1,"filter":"{{filter}}"}""");
        return result.Structured!.Value.GetProperty("rows") is var rows && rows.GetArrayLength() > 0
            ? rows[0].GetProperty("id").ToString()
            : throw new InvalidOperationException($"There is nothing in {collection}.");
    }
}
