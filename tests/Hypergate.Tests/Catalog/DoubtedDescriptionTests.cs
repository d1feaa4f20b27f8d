using Hypergate.Backends;
using Hypergate.Backends.Rest;
using Hypergate.Tests.Backends;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Catalog;

/// <summary>A known operation that is not there any more is a reason to read the description again.</summary>
public sealed class DoubtedDescriptionTests
{
    private static string Document(string operation) =>
        """{"openapi":"3.0.0","info":{"title":"x","version":"1"},"paths":{"/NAME":{"get":{"operationId":"NAME","responses":{"200":{"description":"ok"}}}}}}""".Replace("NAME", operation, StringComparison.Ordinal);

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    public async Task It_is_read_again_at_once_and_then_at_most_once_a_minute(int status)
    {
        var (reads, document) = (0, Document("old"));
        await using var server = LoopbackServer.Answering((request, _) =>
        {
            if (request.Target != "/openapi.json")
            {
                return LoopbackServer.Reply(status, "{}", "Content-Type: application/json");
            }

            Interlocked.Increment(ref reads);
            return LoopbackServer.Reply(200, Volatile.Read(ref document), "Content-Type: application/json");
        });
        await using var gateway = await ContractGateway.StartAsync(new BackendSettings { Name = "api", Kind = "rest", Url = server.Address, Auth = new(), AcceptChanges = "all", Rest = new RestSettings { Document = "/openapi.json" } });
        var known = gateway.Gateway.Parts.Catalog;
        var changed = new TaskCompletionSource();
        known.Changed += (_, _) => changed.TrySetResult();
        Volatile.Write(ref document, Document("new"));

        Assert.True((await gateway.CallAsync(gateway.Gateway.Tools.Current.Single(static tool => tool.Name.Contains("old", StringComparison.Ordinal)).Name, """{"operation":"old"}""")).IsError);
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal("new", Assert.Single(known.Current.Find("api")!.Operations).Name);
        Assert.Equal(2, Volatile.Read(ref reads));
    }
}
