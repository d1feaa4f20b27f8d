using Hypergate.Backends;
using Hypergate.Governance;
using Hypergate.Governance.Audit;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Changes;
using Hypergate.Governance.Confirmation.Approvals;
using Hypergate.Governance.Gates;
using Hypergate.Governance.Limits;
using Hypergate.Host.Credentials;
using Hypergate.Results;
using Hypergate.Schemas;
using Hypergate.Scripting;
using Hypergate.Tools.Fleet;

namespace Hypergate.Host.Settings;

/// <summary>Everything that can be configured: the content of <c>hypergate.yaml</c>. Each folder owns its part.</summary>
internal sealed record GatewaySettings
{
    [Setting("The platforms that the gateway connects to.", MinItems = 1)]
    public required IReadOnlyList<BackendSettings> Backends { get; init; }

    [Setting("The ways in which the platforms are shown as tools, several at once where wanted. domains: one tool for the reads and one for the actions "
        + "of each resource family. operations: one tool for each operation. search: three tools that find, describe and call any operation. "
        + "fleet: everyday tools that are the same on every platform. query: tables over all platforms, asked in JSON or SELECT. code: scripts.",
        MinItems = 1, DefaultText = "domains where Xen Orchestra is alone, operations for PXCloud, else fleet, query and domains", Example = "[search]")]
    public IReadOnlyList<Surface>? Surfaces { get; init; }

    [Setting("What the fleet tools may do beyond the rights of their callers.")]
    public FleetSettings Fleet { get; init; } = new();

    [Setting("The only operations that the surface operations makes tools of, written as in deny of a backend. Others stay within reach of other surfaces.",
        DefaultText = "all", Example = "[GetVms, StartVm, /hosts/*]")]
    public IReadOnlyList<string>? OperationTools { get; init; }

    [Setting("How scripts and jq programs run.")]
    public ScriptingSettings Scripting { get; init; } = new();

    [Setting("How answers are written.")]
    public OutputSettings Output { get; init; } = new();

    [Setting("What is secret beside what the gateway takes for secret by itself.")]
    public RedactionSettings Redaction { get; init; } = new();

    [Setting("Whether nothing that changes something is offered, whatever backends, roles and keys say.")]
    public bool ReadOnly { get; init; }

    [Setting("What asks for consent.")]
    public PolicySettings Policy { get; init; } = new();

    [Setting("What callers may do, by the names of roles. viewer, operator and admin are built in and can be defined anew.", Example = "{ web: { allow: [{ access: [read] }] } }")]
    public IReadOnlyDictionary<string, RoleSettings> Roles { get; init; } = new Dictionary<string, RoleSettings>(StringComparer.Ordinal);

    [Setting("What each caller may use up, whatever its roles. What one platform is given stands in backends[].limits, what HTTP takes in http.limits.")]
    public LimitSettings Limits { get; init; } = new();

    [Setting("Who agrees to what others want to do, where approve or four-eyes is asked for.")]
    public ApprovalSettings Approvals { get; init; } = new();

    [Setting("When something may be changed.")]
    public ChangeSettings Changes { get; init; } = new();

    [Setting("What is done to calls before they are sent, or to their answers, in this order: said here, or by scripts of the operator's own, which need Node.js; what cannot be run refuses.")]
    public IReadOnlyList<GateSettings> Gates { get; init; } = [];

    [Setting("Whether the tests of gates, *.gate-test.yaml beside this file and beside their scripts, run when hypergate serve starts and before changed settings, scripts or tests "
        + "come into force. Where one fails nothing starts, or the earlier settings stay.")]
    public bool RunGateTests { get; init; }

    [Setting("Where the gateway keeps what it must not forget: approvals, freezes, consents, sessions, tasks, API keys, counters, the audit. embedded: in the data folder and in memory. "
        + "postgres: in a database that several replicas share. Settings stay files. Changes need a restart.")]
    public StateKind State { get; init; }

    [Setting("The database of state: postgres.")]
    public PostgresSettings? Postgres { get; init; }

    [Setting("The trail of every call.")]
    public AuditSettings Audit { get; init; } = new();

    [Setting("Where traces and measurements go.")]
    public TelemetrySettings Telemetry { get; init; } = new();

    [Setting("The master switch. Off, nothing is answered: hypergate serve refuses every request, at once and until it is on again.")]
    public bool Enabled { get; init; } = true;

    [Setting("The oldest revision of the protocol that is spoken. A client that begins with an older one is refused and told which there are; conversations that have begun go on.",
        Values = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"], DefaultText = "all", Example = "2025-06-18")]
    public string? MinimumProtocolVersion { get; init; }

    [Setting("How hypergate serve listens.")]
    public HttpSettings Http { get; init; } = new();

    [Setting("Where values come from that settings and keys refer to as ${exec:NAME}.")]
    public CredentialSettings Credentials { get; init; } = new();

    [Setting("Who callers are.")]
    public AuthenticationSettings Authentication { get; init; } = new();

    [Setting("Where search_documentation reads; a mirror for networks without internet.")]
    public Uri DocumentationUrl { get; init; } = new("https://docs.xen-orchestra.com");

    /// <summary>What a request asked to be shown alone; it takes away and adds nothing. Null for all.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<Surface>? OnlySurfaces { get; init; }

    /// <summary>The surfaces in force, each once.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<Surface> ShownSurfaces => OnlySurfaces is { } only ? [.. ConfiguredSurfaces.Intersect(only)] : ConfiguredSurfaces;

    private IReadOnlyList<Surface> ConfiguredSurfaces => Surfaces?.Distinct().ToList()
        ?? (Backends.All(static backend => backend.Kind == "xen-orchestra") ? [Surface.Domains]
            : !Backends.Any(IsShownAsOperations) ? [Surface.Fleet, Surface.Query, Surface.Domains]
            : Backends.All(IsShownAsOperations) ? [Surface.Operations]
            : Backends.All(static backend => backend.Kind == "xen-orchestra" || IsShownAsOperations(backend)) ? [Surface.Domains, Surface.Operations]
            : [Surface.Fleet, Surface.Query, Surface.Domains, Surface.Operations]);

    /// <summary>Whether a surface shows a backend: where none is named, each kind is shown in its own way.</summary>
    public bool Shows(Surface surface, BackendKindSettings kind) => Surfaces is not null || surface switch
    {
        Surface.Operations => kind.IsShownAsOperations,
        Surface.Domains => !kind.IsShownAsOperations,
        _ => true,
    };

    private static bool IsShownAsOperations(BackendSettings backend) => KindsOfSettings.Find(backend.Kind) is { IsShownAsOperations: true };
}
