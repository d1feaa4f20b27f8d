using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Backends;
using Hypergate.Backends.Dadl;
using Hypergate.Host.Composition;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Simulator;
using Hypergate.Simulator.XenOrchestra;
using Hypergate.Simulator.XenOrchestra.Description;
using Hypergate.Tests.Descriptions.Dadl;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>A gateway with the published file of Xen Orchestra, in front of a simulated one. Whoever is asked agrees.</summary>
internal sealed class XenOrchestraFile : IAsyncDisposable
{
    private static readonly Conversation Agreeing = new(static _ => { }, static (question, _) => Task.FromResult(new Answer(true, question.Seal, "test")));

    private readonly string _folder = Directory.CreateTempSubdirectory("hypergate-dadl-").FullName;
    private readonly HttpClient _http;
    private Stream? _events;

    private XenOrchestraFile(XoSimulator platform, Func<DadlSettings, DadlSettings> change, string path)
    {
        Platform = platform;
        var settings = new GatewaySettings
        {
            Backends =
            [
                new BackendSettings
                {
                    Name = "xo",
                    Kind = DadlKind.Name,
                    Url = new Uri(platform.Url, path),
                    Auth = new BackendSettingsAuth { Token = new Secret(platform.Token) },
                    Actions = true,
                    Dadl = change(new DadlSettings { File = DadlFiles.Path("xen-orchestra"), AllowUploads = true }),
                },
            ],
            Surfaces = [Surface.Search],
        };
        var sources = new SettingsSources { Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingFolder = _folder, Home = _folder };
        Gateway = new Gateway(new SettingsReading { Settings = settings, Warnings = [], DataFolder = _folder }, sources, TimeProvider.System, NullLoggerFactory.Instance);
        _http = new HttpClient { BaseAddress = platform.Url };
        _http.DefaultRequestHeaders.Add("Cookie", $"authenticationToken={platform.Token}");
    }

    public XoSimulator Platform { get; }

    public Gateway Gateway { get; }

    public IReadOnlyList<Operation> Operations => Gateway.Parts.Catalog.Current.Find("xo")!.Operations;

    public static async Task<XenOrchestraFile> StartAsync(Func<DadlSettings, DadlSettings>? change = null, double taskDuration = 0)
    {
        var options = new SimulatorOptions { Vms = 60, CacheLag = TimeSpan.Zero, TaskDuration = taskDuration };
        var platform = await XoSimulator.StartAsync(options, TimeProvider.System, XoDescription.Document, TestContext.Current.CancellationToken);
        var file = new XenOrchestraFile(platform, change ?? (static settings => settings), "/rest/v0");
        file.Gateway.Start();
        await file.Gateway.Tools.Ready.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return file;
    }

    public Operation Find(string name) => Operations.Single(operation => operation.Name == name);

    public Task<Outcome> CallAsync(Operation operation, JsonElement arguments) => Gateway.Parts.Pipeline.RunAsync(
        new Call { Backend = "xo", Operation = operation, Caller = Caller.LocalUser, Arguments = arguments, Conversation = Agreeing }, TestContext.Current.CancellationToken);

    public Task<Outcome> CallAsync(string operation, string arguments = "{}") => CallAsync(Find(operation), JsonElement.Parse(arguments));

    /// <summary>The ids of a collection, by the platform itself.</summary>
    public async Task<IReadOnlyList<string>> IdsAsync(string collection, string filter = "")
    {
        using var answer = await _http.GetAsync(new Uri($"/rest/v0/{collection}?filter={Uri.EscapeDataString(filter)}", UriKind.Relative), TestContext.Current.CancellationToken);
        var list = answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)) as JsonArray : null;
        return [.. (list ?? []).Select(entry => Uri.UnescapeDataString(entry!.GetValue<string>()[$"/rest/v0/{collection}/".Length..]))];
    }

    /// <summary>Puts an object into the data centre that no call makes.</summary>
    public void Plant(string collection, JsonObject item) => Platform.World.Write(() =>
    {
        Platform.World[collection].Add(item);
        return true;
    });

    /// <summary>Listens to events until the end, and gives the id of the stream.</summary>
    public async Task<string> ListenAsync()
    {
        _events = await _http.GetStreamAsync(new Uri("/rest/v0/events", UriKind.Relative), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(_events, leaveOpen: true);
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonNode.Parse(line["data: ".Length..])!["id"]!.GetValue<string>();
            }
        }

        throw new InvalidOperationException("The stream ended before it began.");
    }

    public async ValueTask DisposeAsync()
    {
        _events?.Dispose();
        _http.Dispose();
        await Gateway.DisposeAsync();
        await Platform.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
