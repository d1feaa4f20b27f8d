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
        var empty = new List<string>();
        var count = 0;
        foreach (var tool in gateway.Gateway.Tools.Current.Where(static tool => tool.Name.EndsWith("_query", StringComparison.Ordinal)))
        {
            foreach (var name in tool.InputSchema.GetProperty("properties").GetProperty("operation").GetProperty("enum").EnumerateArray().Select(static name => name.GetString()!))
            {
                var operation = gateway.Gateway.Parts.Catalog.Current.Find("xo", name)!;
                if (await ArgumentsAsync(gateway, operation) is not { } arguments)
                {
                    empty.Add(name);
                    continue;
                }

                var result = await gateway.CallAsync(tool.Name, arguments);
                count++;
                if (result.IsError || result.Text.Length is 0 or > 25_000)
                {
                    failures.Add($"{name} {arguments}: {result.Text}");
                }
            }
        }

        Assert.Empty(failures);
        Assert.Equal(["GetBackupArchive", "GetProxy", "GetRestoreLog"], empty.Order(StringComparer.Ordinal));
        Assert.InRange(count, 120, 145);
        Assert.Equal(before, gateway.Xo.StateHash());
    }

    // Null where the data centre has no object of the kind.
    private static async Task<string?> ArgumentsAsync(GatewayUnderTest gateway, Operation operation)
    {
        var arguments = new JsonObject { ["operation"] = operation.Name };
        foreach (var parameter in operation.Parameters.Where(static parameter => parameter.Required))
        {
            Assert.Equal("id", parameter.Name);
            if (await IdAsync(gateway, operation) is not { } id)
            {
                return null;
            }

            arguments["id"] = id;
        }

        return arguments.ToJsonString();
    }

    // An object of the collection that the path begins with, for statistics one that runs.
    private static async Task<string?> IdAsync(GatewayUnderTest gateway, Operation operation)
    {
        var collection = "/" + string.Join('/', operation.Path.Split('/').Skip(1).TakeWhile(static segment => segment != "{id}"));
        var list = gateway.Gateway.Parts.Catalog.Current.Find("xo")!.Operations.Single(candidate => candidate.Method == "GET" && candidate.Path == collection);
        var filter = list.Domain switch
        {
            "vms" or "hosts" => "power_state:Running",
            "users" => "name:admin", // Nobody reads the tokens of another user.
            _ => "",
        };
        var result = await gateway.DoneAsync(
            $"{list.Domain}_query", $$"""{"operation":"{{list.Name}}","fields":"id","limit":1,"filter":"{{filter}}"}""");
        return result.Structured!.Value.GetProperty("rows") is var rows && rows.GetArrayLength() > 0
            ? rows[0].GetProperty("id").ToString()
            : null;
    }
}
