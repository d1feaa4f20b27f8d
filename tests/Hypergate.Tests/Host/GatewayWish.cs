using System.Text.Json.Nodes;
using Hypergate.Backends;
using Hypergate.Governance;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Changes;
using Hypergate.Governance.Gates;
using Hypergate.Governance.Limits;
using Hypergate.Host.Credentials;
using Hypergate.Host.Settings;
using Hypergate.Results;
using Hypergate.Scripting;
using Hypergate.Simulator;

namespace Hypergate.Tests.Host;

/// <summary>What a test wants of its gateway and of the platform behind it.</summary>
internal sealed record GatewayWish
{
    public static GatewayWish Acting { get; } = new() { Actions = true };

    public SimulatorOptions Platform { get; init; } = new() { Vms = 40, CacheLag = TimeSpan.Zero, TaskDuration = 0 };

    /// <summary>The description that the platform serves; null for the simulator's own.</summary>
    public JsonObject? Description { get; init; }

    public bool Actions { get; init; }

    /// <summary>Other settings of the backend.</summary>
    public Func<BackendSettings, BackendSettings> Backend { get; init; } = static settings => settings;

    public LimitSettings Limits { get; init; } = new();

    public CredentialSettings Credentials { get; init; } = new();

    public PolicySettings Policy { get; init; } = new();

    public IReadOnlyDictionary<string, RoleSettings> Roles { get; init; } = new Dictionary<string, RoleSettings>(StringComparer.Ordinal);

    public ChangeSettings Changes { get; init; } = new();

    public IReadOnlyList<GateSettings> Gates { get; init; } = [];

    public ScriptingSettings Scripting { get; init; } = new();

    public OutputSettings Output { get; init; } = new();

    public IReadOnlyList<Surface> Surfaces { get; init; } = [Surface.Domains];

    public IReadOnlyList<string>? OperationTools { get; init; }

    public Uri? DocumentationUrl { get; init; }

    /// <summary>Whether the test begins when the tools are known, or at once.</summary>
    public bool IsAwaited { get; init; } = true;

    /// <summary>The clock of the gateway; the platform has the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How many platforms, named xo, or xo1, xo2 …</summary>
    public int Backends { get; init; } = 1;
}
