using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Composition;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Schemas;
using Hypergate.Simulator;
using Hypergate.Simulator.ProxmoxVe;
using Hypergate.Simulator.XenOrchestra;
using Hypergate.Simulator.XenOrchestra.Description;
using Hypergate.Tests.Backends.Proxmox;
using Hypergate.Tests.Host;
using Hypergate.Tools;
using Hypergate.Tools.Fleet;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Tools.Fleet;

/// <summary>A whole gateway in memory with fleet and query tools, in front of a Xen Orchestra and a Proxmox VE cluster.</summary>
internal sealed class FleetGateway : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hypergate-fleet-").FullName;

    private FleetGateway(XoSimulator? xo, ProxmoxSimulator? pve, FleetGatewayWish wish)
    {
        (MaybeXo, MaybePve) = (xo, pve);
        List<BackendSettings> backends = [];
        if (xo is not null)
        {
            backends.Add(new() { Name = "xo", Kind = "xen-orchestra", Url = xo.Url, Auth = new() { Token = new Secret(xo.Token) }, Actions = true });
        }

        if (pve is not null)
        {
            backends.Add(wish.Pve(ProxmoxUnderTest.Settings(pve)));
        }

        var settings = new GatewaySettings { Backends = backends, Surfaces = wish.Surfaces, Fleet = wish.Fleet, Roles = wish.Roles };
        var sources = new SettingsSources { Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingFolder = _folder, Home = _folder };
        Gateway = new Gateway(new SettingsReading { Settings = settings, Warnings = [], DataFolder = _folder }, sources, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public Gateway Gateway { get; }

    public XoSimulator Xo => MaybeXo!;

    public ProxmoxSimulator Pve => MaybePve!;

    private XoSimulator? MaybeXo { get; set; }

    private ProxmoxSimulator? MaybePve { get; }

    public static async Task<FleetGateway> StartAsync(FleetGatewayWish? wish = null)
    {
        wish ??= new FleetGatewayWish();
        var cancellation = TestContext.Current.CancellationToken;
        var xo = wish.Xo is { } options ? await XoSimulator.StartAsync(options, TimeProvider.System, XoDescription.Document, cancellation) : null;
        var pve = wish.Cluster is { } cluster ? await ProxmoxSimulator.StartAsync(cluster, TimeProvider.System, cancellation) : null;
        var gateway = new FleetGateway(xo, pve, wish);
        gateway.Gateway.Start();
        await gateway.Gateway.Tools.Ready.WaitAsync(TimeSpan.FromMinutes(1), cancellation);
        return gateway;
    }

    /// <summary>Runs a tool as a client without elicitation would; whatever it answers must fit its output schema.</summary>
    public async Task<ToolResult> CallAsync(string tool, string arguments = "{}")
    {
        var definition = Gateway.Tools.Find(tool) ?? throw new InvalidOperationException($"There is no tool {tool}.");
        var result = await definition.Run(new ToolRequest(Caller.LocalUser, JsonElement.Parse(arguments), Conversation.Silent), TestContext.Current.CancellationToken);
        Assert.NotNull(result.Structured);
        Assert.Empty(JsonSchemaCheck.Check(definition.OutputSchema, result.Structured.Value));
        return result;
    }

    /// <summary>The structured answer of a call that must succeed.</summary>
    public async Task<JsonElement> DoneAsync(string tool, string arguments = "{}")
    {
        var result = await CallAsync(tool, arguments);
        Assert.False(result.IsError, result.Text);
        return result.Structured!.Value;
    }

    /// <summary>The rows of a list.</summary>
    public async Task<IReadOnlyList<JsonElement>> RowsAsync(string tool, string arguments = "{}") =>
        [.. (await DoneAsync(tool, arguments)).GetProperty("rows").EnumerateArray()];

    /// <summary>Asks for a preview and runs the same call with its token.</summary>
    public async Task<ToolResult> ConfirmedAsync(string tool, string arguments)
    {
        var preview = await CallAsync(tool, arguments);
        Assert.False(preview.IsError, preview.Text);
        return await CallAsync(tool, GatewayUnderTest.WithToken(arguments, GatewayUnderTest.Token(preview.Text)));
    }

    /// <summary>Why a call is refused.</summary>
    public async Task<(string Code, string Text)> ProblemAsync(string tool, string arguments = "{}")
    {
        var result = await CallAsync(tool, arguments);
        Assert.True(result.IsError, result.Text);
        return (result.Structured!.Value.GetProperty("code").GetString()!, result.Text);
    }

    /// <summary>Takes the Xen Orchestra away.</summary>
    public async Task StopXoAsync()
    {
        await Xo.DisposeAsync();
        MaybeXo = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        if (MaybeXo is not null)
        {
            await MaybeXo.DisposeAsync();
        }

        if (MaybePve is not null)
        {
            await MaybePve.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What a test wants of it.</summary>
internal sealed record FleetGatewayWish
{
    public IReadOnlyList<Surface> Surfaces { get; init; } = [Surface.Fleet, Surface.Query];

    public IReadOnlyDictionary<string, RoleSettings> Roles { get; init; } = new Dictionary<string, RoleSettings>(StringComparer.Ordinal);

    /// <summary>Null for none.</summary>
    public SimulatorOptions? Xo { get; init; } = new() { Vms = 40, CacheLag = TimeSpan.Zero, TaskDuration = 0 };

    /// <summary>Null for none.</summary>
    public ProxmoxOptions? Cluster { get; init; } = new() { Cluster = "prod", RefusalDelay = TimeSpan.Zero };

    public Func<BackendSettings, BackendSettings> Pve { get; init; } = static settings => settings;

    public FleetSettings Fleet { get; init; } = new();
}

/// <summary>One gateway for the tests of a class that only look.</summary>
public sealed class LookingFleet : IAsyncLifetime
{
    private FleetGateway? _gateway;

    internal FleetGateway Gateway => _gateway!;

    public async ValueTask InitializeAsync() => _gateway = await FleetGateway.StartAsync();

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();
}
