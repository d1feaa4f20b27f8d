using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Composition;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Schemas;
using Hypergate.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Backends;

/// <summary>A whole gateway in memory, in front of any backends.</summary>
internal sealed class ContractGateway : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hypergate-test-").FullName;

    private ContractGateway(GatewaySettings settings, TimeProvider time)
    {
        var sources = new SettingsSources { Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingFolder = _folder, Home = _folder };
        Gateway = new Gateway(
            new SettingsReading { Settings = settings, Warnings = [], DataFolder = _folder },
            sources, time, NullLoggerFactory.Instance);
    }

    public Gateway Gateway { get; }

    public string AuditText => string.Concat(Directory.EnumerateFiles(Gateway.Parts.AuditFolder).Select(File.ReadAllText));

    /// <summary>Starts the gateway and waits until its tools are known or given up.</summary>
    public static async Task<ContractGateway> StartAsync(params IReadOnlyList<BackendSettings> backends) => await StartAsync(TimeProvider.System, backends);

    public static Task<ContractGateway> StartAsync(TimeProvider time, params IReadOnlyList<BackendSettings> backends) =>
        StartAsync(new GatewaySettings { Backends = backends }, time);

    public static async Task<ContractGateway> StartAsync(GatewaySettings settings, TimeProvider? time = null)
    {
        var gateway = new ContractGateway(settings, time ?? TimeProvider.System);
        gateway.Gateway.Start();
        await gateway.Gateway.FirstTries.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return gateway;
    }

    public Task<ToolResult> CallAsync(ContractCall call) => CallAsync(call.Tool, call.Arguments);

    /// <summary>Runs a tool; whatever it answers must fit its output schema.</summary>
    public async Task<ToolResult> CallAsync(string tool, string arguments = "{}", Conversation? conversation = null, CancellationToken? cancellation = null)
    {
        var definition = Gateway.Tools.Find(tool) ?? throw new InvalidOperationException($"There is no tool {tool}.");
        var result = await definition.Run(
            new ToolRequest(Caller.LocalUser, JsonElement.Parse(arguments), conversation ?? Conversation.Silent), cancellation ?? TestContext.Current.CancellationToken);
        if (!result.IsError)
        {
            Assert.NotNull(result.Structured);
            Assert.Empty(JsonSchemaCheck.Check(definition.OutputSchema, result.Structured.Value));
        }

        return result;
    }

    /// <summary>Runs a tool in the name of a caller, whose person agrees to everything.</summary>
    public async Task<ToolResult> CallAsAsync(Caller caller, string tool, string arguments = "{}")
    {
        var definition = Gateway.Lists.For(Audience.Of(caller)).Find(tool) ?? throw new InvalidOperationException($"There is no tool {tool} for {caller.Name}.");
        var agreeing = new Conversation(static _ => { }, static (question, _) => Task.FromResult(new Answer(true, question.Seal, "test")));
        return await definition.Run(new ToolRequest(caller, JsonElement.Parse(arguments), agreeing), TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a tool whose person agrees to everything.</summary>
    public Task<ToolResult> AgreedAsync(ContractCall call, Action<Progress>? news = null, CancellationToken? cancellation = null) =>
        CallAsync(call.Tool, call.Arguments, new Conversation(news ?? (static _ => { }), static (question, _) => Task.FromResult(new Answer(true, question.Seal, "test"))), cancellation);

    /// <summary>Asks for a preview only.</summary>
    public async Task<string> PreviewAsync(ContractCall call) => (await CallAsync(call)).Text;

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
