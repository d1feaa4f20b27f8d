using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Model;
using Hypergate.Schemas;
using Hypergate.Simulator.Requests;
using Hypergate.Tests.Descriptions.OpenApi;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.AllOperations;

/// <summary>Every operation of the real description, from arguments made of its schemas to the bytes of its request.</summary>
public sealed class EveryRequestTests : IAsyncLifetime
{
    private GatewayUnderTest? _started;

    private GatewayUnderTest Gateway => _started!;

    private IReadOnlyList<Operation> Operations => Gateway.Gateway.Parts.Catalog.Current.Find("xo")!.Operations;

    public async ValueTask InitializeAsync() => _started = await GatewayUnderTest.StartAsync(
        GatewayWish.Acting with { Description = JsonNode.Parse(RealDocument.Json())!.AsObject() });

    public async ValueTask DisposeAsync()
    {
        if (_started is not null)
        {
            await _started.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_operation_sends_exactly_the_request_that_its_description_tells_of(bool optional)
    {
        Assert.Equal(254, Operations.Count);
        foreach (var operation in Operations)
        {
            var arguments = ExampleArguments.For(operation, optional);
            Assert.Empty(Faults(operation, arguments));
            Gateway.Xo.Requests.Clear();
            await SendAsync(operation, arguments);

            AssertFits(operation, arguments, Gateway.Xo.Requests.All[0]);
        }
    }

    [Fact]
    public void Each_operation_is_offered_by_a_tool_or_hidden_for_a_listed_reason()
    {
        var offered = Gateway.Gateway.Tools.Current
            .Where(static tool => tool.InputSchema.GetProperty("properties").TryGetProperty("operation", out var operation) && operation.TryGetProperty("enum", out _))
            .SelectMany(static tool => tool.InputSchema.GetProperty("properties").GetProperty("operation").GetProperty("enum").EnumerateArray())
            .Select(static name => name.GetString()!)
            .ToList();
        var hidden = Operations.Where(operation => !offered.Contains(operation.Name)).ToList();

        // Deprecated ones, and those that the platform marks "deny" until an operator names them.
        Assert.All(hidden, static operation => Assert.True(operation.Deprecated || operation.Exposure == Exposure.Deny, operation.Name));
        Assert.Equal(offered.Count, offered.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Operations.Count, offered.Count + hidden.Count);
    }

    // The platform may refuse a made-up id; what counts is the request.
    private async Task SendAsync(Operation operation, JsonElement arguments)
    {
        var call = new Call { Backend = "xo", Operation = operation, Caller = Caller.LocalUser, Arguments = arguments, Wait = false };
        await Gateway.Gateway.Backends[0].InvokeAsync(call, TestContext.Current.CancellationToken);
    }

    private static void AssertFits(Operation operation, JsonElement arguments, RecordedRequest request)
    {
        var (path, query) = request.Target.Split('?') is [var left, var right] ? (left, right) : (request.Target, "");
        var names = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair => Uri.UnescapeDataString(pair.Split('=')[0])).ToHashSet(StringComparer.Ordinal);
        var expected = operation.Parameters
            .Where(parameter => parameter.Place == ParameterPlace.Query && arguments.TryGetProperty(parameter.Name, out _))
            .Select(static parameter => parameter.Name);

        Assert.Equal(operation.Method, request.Method);
        Assert.Equal(Expected(operation, arguments), path);
        Assert.Superset(expected.ToHashSet(StringComparer.Ordinal), names);
        Assert.Subset(operation.Parameters.Select(static parameter => parameter.Name).Concat(operation.Switches).ToHashSet(StringComparer.Ordinal), names);
        Assert.Equal("mcp", request.Headers["X-XO-Client"]);
        Assert.StartsWith("authenticationToken=", request.Headers["Cookie"], StringComparison.Ordinal);
        Assert.False(request.Headers.ContainsKey("Authorization"));
        AssertBody(arguments, request);
    }

    private static void AssertBody(JsonElement arguments, RecordedRequest request)
    {
        if (arguments.TryGetProperty("body", out var body))
        {
            Assert.StartsWith("application/json", request.Headers["Content-Type"], StringComparison.Ordinal);
            Assert.True(JsonElement.DeepEquals(body, JsonElement.Parse(request.Body.Span)));
            return;
        }

        Assert.True(request.Body.IsEmpty);
        Assert.False(request.Headers.ContainsKey("Content-Type"));
    }

    private static string Expected(Operation operation, JsonElement arguments)
    {
        var path = new StringBuilder("/rest/v0").Append(operation.Path);
        foreach (var parameter in operation.Parameters.Where(static parameter => parameter.Place == ParameterPlace.Path))
        {
            path.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(arguments.GetProperty(parameter.Name).GetString()!));
        }

        return path.ToString();
    }

    private static List<string> Faults(Operation operation, JsonElement arguments)
    {
        var faults = new List<string>();
        foreach (var argument in arguments.EnumerateObject())
        {
            var schema = argument.Name == "body" ? operation.Body!.Schema : operation.Parameters.Single(parameter => parameter.Name == argument.Name).Schema;
            faults.AddRange(JsonSchemaCheck.Check(schema, argument.Value).Select(fault => $"{operation.Name} {argument.Name} {fault.Path} {fault.Problem}: {argument.Value}"));
        }

        return faults;
    }
}
