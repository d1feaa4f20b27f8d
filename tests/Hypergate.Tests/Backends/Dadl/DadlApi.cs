using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Backends.Dadl;
using Hypergate.Host.Composition;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Scripting;
using Hypergate.Tests.Backends.Http;
using Hypergate.Tests.Descriptions.Dadl;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>A gateway with one file in front of a server that records what it is sent. Whoever is asked agrees.</summary>
internal sealed class DadlApi : IAsyncDisposable
{
    private static readonly Conversation Agreeing = new(static _ => { }, static (question, _) => Task.FromResult(new Answer(true, question.Seal, "test")));

    private readonly string _folder = Directory.CreateTempSubdirectory("hypergate-dadl-").FullName;

    private DadlApi(LoopbackServer server, string file, DadlWishes wishes)
    {
        Server = server;
        var path = Path.Combine(_folder, "api.dadl");
        File.WriteAllText(path, file);
        var settings = new GatewaySettings
        {
            Backends =
            [
                new BackendSettings
                {
                    Name = "api",
                    Kind = DadlKind.Name,
                    Url = wishes.HasAddress ? new Uri(server.Address, wishes.Path) : PlatformUrls.None,
                    Auth = wishes.Auth,
                    Tls = wishes.Tls,
                    Actions = true,
                    Dadl = wishes.Settings(new DadlSettings { File = path }),
                },
            ],
            Surfaces = wishes.Surfaces,
            Scripting = wishes.Scripting,
        };
        var sources = new SettingsSources { Environment = wishes.Environment, WorkingFolder = _folder, Home = _folder };
        Gateway = new Gateway(new SettingsReading { Settings = settings, Warnings = [], DataFolder = _folder }, sources, wishes.Time, NullLoggerFactory.Instance);
    }

    public LoopbackServer Server { get; }

    public Gateway Gateway { get; }

    public string Folder => _folder;

    public IReadOnlyList<Operation> Operations => Gateway.Parts.Catalog.Current.Find("api")?.Operations ?? [];

    /// <summary>A file of tools below the usual head.</summary>
    public static Task<DadlApi> StartAsync(string tools, DadlWishes? wishes = null, params byte[][] answers) =>
        StartFileAsync(DadlFiles.Head + tools, wishes, answers.Length == 0 ? LoopbackServer.Answering(Json("{}")) : LoopbackServer.Answering(answers));

    public static async Task<DadlApi> StartFileAsync(string file, DadlWishes? wishes, LoopbackServer server)
    {
        var api = new DadlApi(server, file, wishes ?? new DadlWishes());
        api.Gateway.Start();
        await api.Gateway.Tools.Ready.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return api;
    }

    public static byte[] Json(string body, int status = 200, params string[] headers) => LoopbackServer.Reply(status, body, ["Content-Type: application/json", .. headers]);

    public Operation Find(string name) => Operations.Single(operation => operation.Name == name);

    public Task<Outcome> CallAsync(Operation operation, JsonElement arguments) => Gateway.Parts.Pipeline.RunAsync(
        new Call { Backend = "api", Operation = operation, Caller = Caller.LocalUser, Arguments = arguments, Conversation = Agreeing }, TestContext.Current.CancellationToken);

    public Task<Outcome> CallAsync(string operation, string arguments = "{}") => CallAsync(Find(operation), JsonElement.Parse(arguments));

    public async Task<Outcome.Done> DoneAsync(string operation, string arguments = "{}") => Assert.IsType<Outcome.Done>(await CallAsync(operation, arguments));

    public async Task<CallError> ErrorAsync(string operation, string arguments = "{}") => Assert.IsType<Outcome.Failed>(await CallAsync(operation, arguments)).Error!;

    public async Task<string> RefusalAsync(string operation, string arguments = "{}") => Assert.IsType<Outcome.Refused>(await CallAsync(operation, arguments)).Reason;

    /// <summary>Runs an operation and gives the request that the server saw.</summary>
    public async Task<RawRequest> RequestAsync(string operation, string arguments = "{}")
    {
        var before = Server.Requests.Count;
        var outcome = await CallAsync(operation, arguments);
        Assert.True(Server.Requests.Count == before + 1, outcome.ToString());
        return Server.Requests.Last();
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What a test wants beside the file.</summary>
internal sealed record DadlWishes
{
    public BackendSettingsAuth Auth { get; init; } = new() { Token = new Secret("the-token") };

    public Func<DadlSettings, DadlSettings> Settings { get; init; } = static settings => settings;

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "" };

    public IReadOnlyList<Surface> Surfaces { get; init; } = [Surface.Operations];

    public BackendSettingsTls Tls { get; init; } = new();

    public string Path { get; init; } = "/base";

    public ScriptingSettings Scripting { get; init; } = new();

    public bool HasAddress { get; init; } = true;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
