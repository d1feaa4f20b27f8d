using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Composition;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Schemas;
using Hypergate.Simulator.XenOrchestra;
using Hypergate.Simulator.XenOrchestra.Description;
using Hypergate.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Host;

/// <summary>A whole gateway in memory, in front of simulated Xen Orchestras.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hypergate-test-").FullName;

    private GatewayUnderTest(IReadOnlyList<XoSimulator> platforms, GatewayWish wish)
    {
        Platforms = platforms;
        Time = wish.Time;
        var settings = new GatewaySettings
        {
            Backends = [.. platforms.Select((xo, index) => wish.Backend(Backend(xo, platforms.Count == 1 ? "xo" : $"xo{index + 1}", wish.Actions)))],
            Output = wish.Output,
            Policy = wish.Policy,
            Credentials = wish.Credentials,
            Limits = wish.Limits,
            Roles = wish.Roles,
            Changes = wish.Changes,
            Gates = wish.Gates,
            Scripting = wish.Scripting,
            Surfaces = wish.Surfaces,
            OperationTools = wish.OperationTools,
        };
        settings = wish.DocumentationUrl is { } documentation ? settings with { DocumentationUrl = documentation } : settings;
        var sources = new SettingsSources
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            WorkingFolder = _folder,
            Home = _folder,
        };
        Gateway = new Gateway(
            new SettingsReading { Settings = settings, Warnings = [], DataFolder = _folder }, sources, wish.Time, NullLoggerFactory.Instance);
    }

    public Gateway Gateway { get; }

    public IReadOnlyList<XoSimulator> Platforms { get; }

    public XoSimulator Xo => Platforms[0];

    public TimeProvider Time { get; }

    public string AuditFolder => Gateway.Parts.AuditFolder;

    /// <summary>Starts the platforms and the gateway, and waits until its tools are known, unless that is not wanted.</summary>
    public static async Task<GatewayUnderTest> StartAsync(GatewayWish? wish = null)
    {
        wish ??= new GatewayWish();
        var platforms = new List<XoSimulator>();
        for (var number = 0; number < wish.Backends; number++)
        {
            platforms.Add(await XoSimulator.StartAsync(
                wish.Platform with { Seed = wish.Platform.Seed + number }, TimeProvider.System, wish.Description ?? XoDescription.Document, TestContext.Current.CancellationToken));
        }

        var gateway = new GatewayUnderTest(platforms, wish);
        gateway.Gateway.Start();
        if (wish.IsAwaited)
        {
            await gateway.Gateway.Tools.Ready.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        }

        return gateway;
    }

    public ToolDefinition Tool(string name) => Gateway.Tools.Find(name) ?? throw new InvalidOperationException($"There is no tool {name}.");

    /// <summary>Runs a tool as a client without elicitation would.</summary>
    public Task<ToolResult> CallAsync(string tool, string arguments = "{}") => CallAsync(tool, arguments, Conversation.Silent);

    /// <summary>Runs a tool; whatever it answers must fit its output schema.</summary>
    public async Task<ToolResult> CallAsync(string tool, string arguments, Conversation conversation, CancellationToken? cancellation = null)
    {
        var definition = Tool(tool);
        var result = await definition.Run(
            new ToolRequest(Caller.LocalUser, JsonElement.Parse(arguments), conversation), cancellation ?? TestContext.Current.CancellationToken);
        if (!result.IsError)
        {
            Assert.NotNull(result.Structured);
            Assert.Empty(JsonSchemaCheck.Check(definition.OutputSchema, result.Structured.Value));
        }

        return result;
    }

    /// <summary>Runs a tool as another caller sees it; null where it does not exist for them.</summary>
    public async Task<ToolResult?> CallAsAsync(Caller caller, string tool, string arguments = "{}", Conversation? conversation = null) =>
        Gateway.Lists.For(Audience.Of(caller)).Find(tool) is { } definition
            ? await definition.Run(new ToolRequest(caller, JsonElement.Parse(arguments), conversation ?? Conversation.Silent), TestContext.Current.CancellationToken)
            : null;

    /// <summary>The same, for calls that must succeed.</summary>
    public async Task<ToolResult> DoneAsync(string tool, string arguments = "{}")
    {
        var result = await CallAsync(tool, arguments);
        Assert.False(result.IsError, result.Text);
        return result;
    }

    /// <summary>Asks for a preview and runs the same call with its token.</summary>
    public async Task<ToolResult> ConfirmedAsync(string tool, string arguments)
    {
        var preview = await DoneAsync(tool, arguments);
        return await CallAsync(tool, WithToken(arguments, Token(preview.Text)));
    }

    /// <summary>The ids of a list of the first platform, in its order.</summary>
    public async Task<IReadOnlyList<string>> IdsAsync(string tool, string operation, string filter = "", int limit = 1000)
    {
        var result = await DoneAsync(tool, $$"""{"backend":"{{Gateway.Backends[0].Name}}","operation":"{{operation}}","fields":"id","limit":{{limit}},"filter":{{JsonSerializer.Serialize(filter)}},"format":"csv"}""");
        return [.. result.Structured!.Value.GetProperty("rows").EnumerateArray().Select(static row => row.GetProperty("id").GetString()!)];
    }

    public async Task<string> VmAsync(string state) => (await IdsAsync("vms_query", "GetVms", $"power_state:{state}", 1))[0];

    /// <summary>What the platforms were asked to change so far: methods and targets of everything but reads.</summary>
    public IEnumerable<string> Changes => Platforms
        .SelectMany(static xo => xo.Requests.All)
        .Where(static request => request.Method != "GET")
        .Select(static request => $"{request.Method} {request.Target}");

    public static string WithToken(string arguments, string token) =>
        arguments.TrimEnd()[..^1] + $",\"confirm_token\":\"{token}\"}}";

    public static string Token(string preview)
    {
        const string Label = "confirm_token: \"";
        var start = preview.IndexOf(Label, StringComparison.Ordinal);
        Assert.True(start >= 0, $"There is no token in: {preview}");
        start += Label.Length;
        return preview[start..preview.IndexOf('"', start)];
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        foreach (var xo in Platforms)
        {
            await xo.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static BackendSettings Backend(XoSimulator xo, string name, bool actions) => new()
    {
        Name = name,
        Kind = "xen-orchestra",
        Url = xo.Url,
        Auth = new BackendSettingsAuth { Token = new Secret(xo.Token) },
        Actions = actions,
    };
}
