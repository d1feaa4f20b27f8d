using System.Text;
using Hypergate.Backends;
using Hypergate.Backends.Http;
using Hypergate.Backends.Rest;
using Hypergate.Catalog;
using Hypergate.Descriptions;
using Hypergate.Governance.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Catalog;

/// <summary>A description that was refused is not read again until it is another: some take long to be refused.</summary>
public sealed class CatalogIntakeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hypergate-test-");
    private readonly LiveCatalog _catalog = new();
    private readonly List<string> _read = [];
    private readonly Backend _backend;
    private readonly CatalogIntake _intake;

    public CatalogIntakeTests()
    {
        var options = new BackendOptions
        {
            Name = "api",
            Kind = RestKind.Kind with { ReadDescription = Read },
            Credential = new Credential.Token("t"),
            Http = new BackendHttpOptions { Address = new Uri("http://127.0.0.1:9"), Words = RestKind.Kind.Words, Proxy = ProxyRules.Direct, Tls = new TlsRules() },
        };
        _backend = new Backend(options, TimeProvider.System);
        _intake = new CatalogIntake(_backend, _catalog, (new CatalogCache(_folder.FullName), new DescriptionPins(new MemoryStateStore())), TimeProvider.System, NullLogger<CatalogIntake>.Instance);
    }

    public void Dispose()
    {
        _backend.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task One_that_was_refused_is_refused_unread_until_it_is_another()
    {
        await TakeAsync("bad");
        Assert.Equal("bad is none", (await TakeAsync("bad")).Problem);
        Assert.Equal("worse, bad is none", (await TakeAsync("worse, bad")).Problem);
        Assert.Null(_catalog.Current.Find("api"));

        await TakeAsync("good");
        Assert.Null(_backend.DescriptionProblem);
        Assert.NotNull(_catalog.Current.Find("api"));
        Assert.Equal(["bad", "worse, bad", "good"], _read);
    }

    [Fact]
    public async Task One_that_was_good_before_is_in_force_again_after_another_was_refused()
    {
        await TakeAsync("good");
        await TakeAsync("bad");
        Assert.Equal("bad is none", _backend.DescriptionProblem);

        await TakeAsync("good");

        Assert.Null(_backend.DescriptionProblem);
    }

    private Task<BackendState> TakeAsync(string text) => _intake.TakeAsync(Encoding.UTF8.GetBytes(text), "", TestContext.Current.CancellationToken);

    private Description Read(ReadOnlyMemory<byte> bytes, DescriptionRules rules)
    {
        var text = Encoding.UTF8.GetString(bytes.Span);
        _read.Add(text);
        return text.EndsWith("bad", StringComparison.Ordinal) ? throw new DescriptionException($"{text} is none") : new Description { Operations = [] };
    }
}
