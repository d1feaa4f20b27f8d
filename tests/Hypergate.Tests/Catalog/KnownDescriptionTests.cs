using Hypergate.Backends;
using Hypergate.Backends.Rest;
using Hypergate.Catalog;
using Hypergate.Host.Composition;
using Hypergate.Host.Settings;
using Hypergate.Tests.Backends.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Catalog;

/// <summary>A description that has not changed is not sent again where its server says which state it is in.</summary>
public sealed class KnownDescriptionTests : IDisposable
{
    private const string Tag = "\"one\"";
    private const string Document = """{"openapi":"3.0.0","info":{"title":"x","version":"1"},"paths":{"/get":{"get":{"operationId":"get","responses":{"200":{"description":"ok"}}}}}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("hypergate-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Tag, true, true)]
    [InlineData("\"two\"", true, false)]
    [InlineData("", false, false)]
    public async Task It_is_asked_for_under_the_tag_that_was_remembered(string second, bool asked, bool isSpared)
    {
        var tag = second.Length == 0 ? "" : Tag;
        await using var server = LoopbackServer.Answering((request, _) => Asks(request, Volatile.Read(ref tag))
            ? LoopbackServer.Reply(304, "")
            : LoopbackServer.Reply(200, Document, Volatile.Read(ref tag) is { Length: > 0 } own ? ["Content-Type: application/json", $"ETag: {own}"] : ["Content-Type: application/json"]));

        await LoadAsync(server);
        Volatile.Write(ref tag, second);
        var known = await LoadAsync(server);
        var requests = server.Requests.ToArray();

        Assert.Equal([false, asked], requests.Select(static request => request.Text.Contains("If-None-Match", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(isSpared, Asks(requests[1], second));
        Assert.Equal("get", Assert.Single(known.Find("api")!.Operations).Name);
    }

    private static bool Asks(RawRequest request, string tag) => tag.Length > 0 && request.Text.Contains($"If-None-Match: {tag}", StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task A_304_that_nobody_asked_for_is_no_description()
    {
        await using var server = LoopbackServer.Answering(LoopbackServer.Reply(304, ""));

        var known = await LoadAsync(server);

        Assert.Null(known.Find("api"));
    }

    // As a process does that starts: from what the one before remembered.
    private async Task<CatalogSnapshot> LoadAsync(LoopbackServer server)
    {
        var settings = new GatewaySettings { Backends = [new BackendSettings { Name = "api", Kind = "rest", Url = server.Address, Auth = new(), Rest = new RestSettings { Document = "/openapi.json" } }] };
        var sources = new SettingsSources { Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingFolder = _folder, Home = _folder };
        await using var gateway = new Gateway(new SettingsReading { Settings = settings, Warnings = [], DataFolder = _folder }, sources, TimeProvider.System, NullLoggerFactory.Instance);
        gateway.Start();
        await gateway.FirstTries.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return gateway.Parts.Catalog.Current;
    }
}
