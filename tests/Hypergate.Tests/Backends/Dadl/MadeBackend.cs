using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Backends.Dadl;
using Hypergate.Host.Composition;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>A gateway with one backend, by its own settings or by a file that was made.</summary>
internal sealed class MadeBackend : IAsyncDisposable
{
    private static readonly Conversation Agreeing = new(static _ => { }, static (question, _) => Task.FromResult(new Answer(true, question.Seal, "test")));
    private readonly string _folder = Directory.CreateTempSubdirectory("hypergate-made-").FullName;
    private readonly string _name;

    private MadeBackend(Func<string, BackendSettings> settings)
    {
        var backend = settings(_folder);
        _name = backend.Name;
        var sources = new SettingsSources { Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingFolder = _folder, Home = _folder };
        Gateway = new Gateway(
            new SettingsReading { Settings = new GatewaySettings { Backends = [backend], Surfaces = [Surface.Search] }, Warnings = [], DataFolder = _folder }, sources, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public Gateway Gateway { get; }

    public static Task<MadeBackend> StartAsync(BackendSettings settings) => StartAsync(new MadeBackend(_ => settings));

    /// <summary>The address is that of the file.</summary>
    public static Task<MadeBackend> StartAsync(string file, BackendSettingsAuth auth, BackendSettingsTls tls) => StartAsync(new MadeBackend(folder =>
    {
        var path = Path.Combine(folder, "made.dadl");
        File.WriteAllText(path, file);
        return new BackendSettings { Name = "made", Kind = DadlKind.Name, Auth = auth, Tls = tls, Actions = true, Dadl = new DadlSettings { File = path } };
    }));

    public Task<Outcome> CallAsync(string operation, string arguments = "{}") => Gateway.Parts.Pipeline.RunAsync(
        new Call { Backend = _name, Operation = Gateway.Parts.Catalog.Current.Find(_name, operation)!, Caller = Caller.LocalUser, Arguments = JsonElement.Parse(arguments), Conversation = Agreeing },
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<MadeBackend> StartAsync(MadeBackend made)
    {
        made.Gateway.Start();
        await made.Gateway.Tools.Ready.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return made;
    }
}
