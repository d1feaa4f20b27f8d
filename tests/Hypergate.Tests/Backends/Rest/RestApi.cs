using System.Text;
using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Backends.Http;
using Hypergate.Backends.Rest;
using Hypergate.Descriptions;
using Hypergate.Model;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Backends.Rest;

/// <summary>A backend of kind rest in front of a server that records what it is sent.</summary>
internal sealed class RestApi : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hypergate-rest-");
    private readonly Backend _backend;

    /// <param name="document">The OpenAPI document.</param>
    /// <param name="rest">Changes of the settings.</param>
    /// <param name="auth">The credential.</param>
    /// <param name="overlay">An overlay file's text.</param>
    /// <param name="answer">What the server answers.</param>
    /// <param name="path">The path of the configured address.</param>
    public RestApi(
        byte[] document,
        Func<RestSettings, RestSettings>? rest = null,
        BackendSettingsAuth? auth = null,
        string? overlay = null,
        byte[]? answer = null,
        string path = "")
    {
        Server = LoopbackServer.Answering(answer ?? LoopbackServer.Reply(200, "{}", "Content-Type: application/json"));
        File.WriteAllBytes(Path.Combine(_folder.FullName, "document"), document);
        var settings = new RestSettings { Document = Path.Combine(_folder.FullName, "document") };
        if (overlay is not null)
        {
            File.WriteAllText(Path.Combine(_folder.FullName, "overlay"), overlay);
            settings = settings with { Overlay = Path.Combine(_folder.FullName, "overlay") };
        }

        auth ??= new BackendSettingsAuth();
        var kind = RestKind.Kind.Configure!(new BackendSettings { Name = "api", Kind = "rest", Url = new Uri(Server.Address, path), Auth = auth, Rest = rest?.Invoke(settings) ?? settings });
        _backend = new Backend(
            new BackendOptions
            {
                Name = "api",
                Kind = kind,
                Credential = kind.Settings.MakeCredential(auth),
                Http = new BackendHttpOptions { Address = new Uri(Server.Address, path), Words = kind.Words, Proxy = ProxyRules.Direct, Tls = new TlsRules() },
            },
            TimeProvider.System);
        Description = kind.ReadDescription(document, kind.Description);
    }

    public LoopbackServer Server { get; }

    public Description Description { get; }

    public Backend Backend => _backend;

    public static RestApi Of(string document, Func<RestSettings, RestSettings>? rest = null, BackendSettingsAuth? auth = null, string? overlay = null, byte[]? answer = null, string path = "") =>
        new(Encoding.UTF8.GetBytes(document), rest, auth, overlay, answer, path);

    public Operation Find(string name) => Description.Operations.Single(operation => operation.Name == name);

    public Task<Outcome> CallAsync(Operation operation, JsonElement arguments) => _backend.InvokeAsync(
        new Call { Backend = "api", Operation = operation, Caller = Caller.LocalUser, Arguments = arguments }, TestContext.Current.CancellationToken);

    /// <summary>Runs an operation and gives the request that the server saw.</summary>
    public async Task<RawRequest> RequestAsync(string name, string arguments)
    {
        var before = Server.Requests.Count;
        var outcome = await CallAsync(Find(name), JsonElement.Parse(arguments));
        Assert.True(Server.Requests.Count == before + 1, outcome.ToString());
        return Server.Requests.Last();
    }

    public async ValueTask DisposeAsync()
    {
        _backend.Dispose();
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
