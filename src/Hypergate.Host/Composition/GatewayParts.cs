using Hypergate.Backends;
using Hypergate.Backends.Files;
using Hypergate.Backends.Http;
using Hypergate.Catalog;
using Hypergate.Governance;
using Hypergate.Governance.Audit;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Limits;
using Hypergate.Host.Approvals;
using Hypergate.Host.Credentials;
using Hypergate.Host.Metrics;
using Hypergate.Host.Settings;
using Hypergate.Host.State;
using Hypergate.Inventory;
using Hypergate.Model;
using Hypergate.Results;
using Hypergate.Results.Secrets;
using Hypergate.Schemas;
using Hypergate.Scripting;
using Hypergate.Tools;
using Hypergate.Tools.Code;
using Hypergate.Tools.Utility;
using Hypergate.Tools.Utility.Documentation;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Composition;

/// <summary>The parts of a gateway, and how they hang together.</summary>
internal sealed partial class GatewayParts : IAsyncDisposable
{
    private readonly CountedAuditLog? _audit;
    private readonly ToolSurroundings _surroundings;
    private readonly BackendHttp _documentation;
    private readonly CallerBackends _callers;
    private readonly Webhook? _webhook;
    private readonly Func<IEnumerable<string>> _warnings;
    private readonly Sandbox _sandbox;
    private readonly bool _usesScripts;

    public GatewayParts(SettingsReading reading, SettingsSources sources, (IGatewayStores Stores, CodeRuns Runs) kept, TimeProvider time, ILoggerFactory loggers)
    {
        var stores = Stores = kept.Stores;
        var all = reading.Settings;
        _sandbox = new Sandbox(all.Scripting, Path.Combine(reading.DataFolder, "sandbox"), time, loggers.CreateLogger("Hypergate.Scripting"), (caller, kind, why) => State!.RecordFaultAsync(caller, kind, why));
        _usesScripts = all.ShownSurfaces.Contains(Surface.Code) || all.Gates.Any(static gate => gate is { Enabled: true, Script: not null });
        Files = new FileShelf(Path.Combine(reading.DataFolder, "files"), time) { Depot = stores.Files };
        var services = ServicesFor();
        Scrubber = KnownSecrets.Of(reading, sources);
        var secrets = new SecretStore(sources, reading.DataFolder);
        var keeper = StoredCredentials.In(secrets, Scrubber.Learn, time);
        var made = all.Backends.Select(backend => BackendMaking.Make(backend, sources, services, time, keeper)).ToList();
        Backends = [.. made.Select(entry => new Backend(entry.Options, time))];
        _callers = new CallerBackends(
            Backends.Zip(all.Backends),
            new CredentialReference(sources, secrets, reading.References is { } references ? references.Programs : new ProgramStore(all.Credentials, time)),
            new CredentialSurroundings(Path.GetDirectoryName(reading.File) ?? sources.WorkingFolder, Scrubber.Learn, time));
        Roles = all.Roles.Count == 0 ? RoleBook.Plain : new RoleBook(all.Roles);
        var limits = new CallerLimits(Roles, all.Limits, stores.NewCounter());
        Policies = all.Backends.ToDictionary(static backend => backend.Name, backend => new OperationPolicy(
            OperationRights.Of(backend), PlaceOf(backend.Name), null));
        var redaction = all.Redaction.AddTo(BackendKinds.Redaction);
        AuditFolder = all.Audit.Folder ?? Path.Combine(reading.DataFolder, "audit");
        var scrubbing = AuditRedaction.For(redaction, Scrubber);
        _audit = all.Audit.Enabled ? new CountedAuditLog(stores.NewAudit(all.Audit, scrubbing), all.State == StateKind.Postgres ? "postgres" : "file") : null;
        var reads = new ReadCache(time);
        _webhook = all.Approvals.Webhook is { } hook ? WebhookMaking.Make(hook, sources, loggers, time) : null;
        State = new GatewayState(stores.State, (all.Approvals, new Voters(stores.Keys, all.Authentication, time) { Server = sources }), (_audit, _webhook), time);
        (Pipeline, var authorization, Conditional) = new PipelineMaking
        {
            Settings = all,
            Backends = Backends,
            Catalog = Catalog,
            Policies = Policies,
            Roles = Roles,
            Limits = limits,
            State = State,
            Stores = stores,
            Scrubber = Scrubber,
            Redaction = redaction,
            Audit = _audit,
            Reads = reads,
            Gate = _sandbox.Gate,
            Tell = _webhook is { } webhook ? news => webhook.Send($"gate {news.Gate}", GateNotice.Body(news, time.GetUtcNow())) : static _ => { },
            AccessOf = AccessOf,
            Send = _callers.InvokeAsync,
            Standing = (call, token) => Standing(call, token),
            Time = time,
            Loggers = loggers,
        }.Make();
        Agreed = new AgreedCalls(all.Policy, AccessOf, authorization);
        _surroundings = new ToolSurroundings
        {
            Backends = Backends,
            Catalog = Catalog,
            Pipeline = Pipeline,
            Policies = Policies,
            Answers = new AnswerWriter(
                Backends.ToDictionary(static backend => backend.Name, backend => new ResultShaper(all.Redaction.AddTo(backend.Kind.Redaction), Scrubber, NearestName.Find)),
                all.Output),
            Scrub = Scrubber.Scrub,
            Missed = new MissedCalls(_audit, Anywhere, loggers.CreateLogger<MissedCalls>()).NoteAsync,
            LimitsOf = limits.Of,
            Time = time,
        };
        _documentation = DocumentationClient.Make(all.DocumentationUrl, sources, time);
        Connection = new CheckConnectionTool(_surroundings, time);
        Documentation = new DocumentationPages(new DocumentationClient(_documentation).FetchAsync, all.DocumentationUrl, time);
        var log = loggers.CreateLogger<GatewayParts>();
        Audiences = new AudienceRooms
        {
            Settings = all,
            Roles = Roles,
            Everything = _surroundings,
            Reads = reads,
            Scrubber = Scrubber,
            Documentation = new SearchDocumentationTool(Documentation).Tool,
            Boundary = new ToolBoundary(Scrubber, (number, exception) => InternalError(log, number, exception)),
            CodeRoomOf = new CodeRoomMaking
            {
                Sandbox = _sandbox,
                Runs = kept.Runs,
                Stores = stores,
                Limits = limits,
                AccessOf = AccessOf,
                Redaction = redaction,
                Scrubber = Scrubber,
                Time = time,
            }.Make,
            Time = time,
        };
        _warnings = () => reading.Warnings.Concat(made.SelectMany(static entry => entry.Warnings)).Distinct(StringComparer.Ordinal).Select(warning => LogText.Line(warning, Scrubber));
    }

    public IReadOnlyList<Backend> Backends { get; }

    public LiveCatalog Catalog { get; } = new();

    public CallPipeline Pipeline { get; }

    public CheckConnectionTool Connection { get; }

    public SecretScrubber Scrubber { get; }

    public IReadOnlyDictionary<string, OperationPolicy> Policies { get; }

    /// <summary>Why a call that is about to be sent may not be any more; null where it may. Set by a gateway that changes its settings, and knows its callers' credentials.</summary>
    public Func<Call, CancellationToken, Task<Outcome?>> Standing { get; set; } = static (_, _) => Task.FromResult<Outcome?>(null);

    /// <summary>Calls that wait while somebody agrees to them.</summary>
    public AgreedCalls Agreed { get; }

    /// <summary>The roles that there are.</summary>
    public RoleBook Roles { get; }

    /// <summary>What each audience works with.</summary>
    public AudienceRooms Audiences { get; }

    /// <summary>Decides where conditions ask for objects; null where there are the built-in roles alone.</summary>
    public ConditionalRights? Conditional { get; }

    /// <summary>Where it is all kept; they outlive the settings.</summary>
    public IGatewayStores Stores { get; }

    /// <summary>What all processes of the gateway agree on.</summary>
    public GatewayState State { get; }

    public string AuditFolder { get; }

    /// <summary>Why the last record of the audit could not be written; null where it could.</summary>
    public string? AuditProblem => _audit?.Problem;

    /// <summary>Files that platforms sent.</summary>
    public FileShelf Files { get; }

    public IReadOnlyList<string> Warnings => field ??= [.. _warnings()];

    /// <summary>What runs scripts and which walls are up; null where no surface needs it.</summary>
    /// <exception cref="SandboxException">Nothing can run them; the message says why.</exception>
    public async Task<string?> WallsAsync(CancellationToken cancellationToken) => _usesScripts ? (await _sandbox.ReportAsync(cancellationToken)).Text : null;

    /// <summary>Starts in the background what the configured surfaces will need.</summary>
    public void WarmUp()
    {
        if (_usesScripts)
        {
            _sandbox.Pool.WarmUp();
        }
    }

    /// <summary>The public documentation.</summary>
    public DocumentationPages Documentation { get; }

    /// <summary>Records that a caller tried to call what it does not have.</summary>
    public Func<MissedCall, Task> Missed => _surroundings.Missed;

    /// <summary>Why a backend's operations are not known; null where they are.</summary>
    public string? GapOf(string backend) => _surroundings.Gap(backend);

    public async ValueTask DisposeAsync()
    {
        if (_webhook is not null)
        {
            await _webhook.DisposeAsync();
        }

        await _sandbox.DisposeAsync();
        _audit?.Dispose();
        _documentation.Dispose();
        _callers.Dispose();
        foreach (var backend in Backends)
        {
            backend.Dispose();
        }
    }

    private (string Backend, Operation Operation)? Anywhere(string? backend, string name) =>
        new OperationLookup(_surroundings).Find(name, backend, anyWillDo: true) is OperationFinding.Found found ? (found.Backend, found.Operation) : null;

    private Access AccessOf(Call call) =>
        Backends.FirstOrDefault(backend => backend.Name == call.Backend)?.Kind.AccessOf(call.Operation, call.Arguments) ?? call.Operation.Access;

    private PolicyPlace PlaceOf(string backend)
    {
        var kind = Backends.First(candidate => candidate.Name == backend).Kind;
        return new(backend, kind.Name, Roles) { HasObjects = kind.Objects is { } objects ? objects.HasTarget : static _ => true };
    }

    // What backends ask of the rest of the gateway. Nothing of it is made before it is used.
    private BackendServices ServicesFor() => new()
    {
        Transform = _sandbox.Transform,
        Composites = _sandbox.Composite(caller => Audiences.ViewFor(Audience.Of(caller)).Settings.Scripting.Limits),
        ScriptingProblem = _sandbox.ProblemAsync,
        CheckProgram = (isJq, code, token) => new ProgramCheck(_sandbox).ProblemAsync(isJq, code, token),
        RunCall = (call, token) => Pipeline.RunAsync(call, token),
        FindOperation = (backend, name) => Catalog.Current.Find(backend, name),
        Names = backend => Catalog.Current.Find(backend)?.Operations.Select(static operation => operation.Name) ?? [],
        Files = Files,
    };

    [LoggerMessage(1, LogLevel.Error, "Internal error {Number}")]
    private static partial void InternalError(ILogger logger, string number, Exception exception);
}
