using Hypergate.Backends;
using Hypergate.Backends.Rest;
using Hypergate.Host.Settings;
using Hypergate.Tests.Backends;

namespace Hypergate.Tests.Host;

/// <summary>The tools that there are once several platforms have told of themselves.</summary>
public sealed class ToolListTests : IDisposable
{
    private const int Platforms = 6;
    private const int Rounds = 200;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hypergate-tools-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task No_platforms_tools_are_lost_where_all_tell_of_themselves_at_once()
    {
        var backends = Enumerable.Range(0, Platforms).Select(Backend).ToList();
        await using var gateway = await ContractGateway.StartAsync(new GatewaySettings { Backends = backends, Surfaces = [Surface.Operations] });
        var catalog = gateway.Gateway.Parts.Catalog;
        var first = backends.ToDictionary(static backend => backend.Name, backend => catalog.Current.Find(backend.Name)!, StringComparer.Ordinal);
        using var together = new Barrier(Platforms);
        for (var round = 0; round < Rounds; round++)
        {
            var name = $"look_{round}";
            await Task.WhenAll(first.Values.Select(known => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait(TestContext.Current.CancellationToken);
                    catalog.Replace(known with { Hash = name, Operations = [known.Operations[0] with { Name = name }] });
                },
                TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

            Assert.All(backends, backend => Assert.NotNull(gateway.Gateway.Tools.Find($"{backend.Name}_{name}")));
        }
    }

    private BackendSettings Backend(int number)
    {
        var file = Path.Combine(_folder.FullName, $"{number}.yaml");
        File.WriteAllText(file, $$"""
            openapi: 3.0.0
            info: { title: x, version: "{{number}}" }
            paths: { /look: { get: { operationId: look, responses: {} } } }
            """);
        return new() { Name = $"p{number}", Kind = "rest", Url = new Uri("http://127.0.0.1:9"), Auth = new(), Rest = new RestSettings { Document = file } };
    }
}
