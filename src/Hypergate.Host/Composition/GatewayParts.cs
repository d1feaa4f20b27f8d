using System.Collections.Concurrent;
using Hypergate.Backends;
using Hypergate.Backends.Files;
using Hypergate.Backends.Http;
using Hypergate.Catalog;
using Hypergate.Governance;
using Hypergate.Governance.Arguments;
using Hypergate.Governance.Audit;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Cleaning;
using Hypergate.Governance.Confirmation;
using Hypergate.Governance.Metering;
using Hypergate.Host.Settings;
using Hypergate.Inventory;
using Hypergate.Model;
using Hypergate.Results;
using Hypergate.Results.Secrets;
using Hypergate.Schemas;
using Hypergate.Scripting;
using Hypergate.Tools;
using Hypergate.Tools.Code;
using Hypergate.Tools.Fleet;
using Hypergate.Tools.Search;
using Hypergate.Tools.Utility;
using Hypergate.Tools.Utility.Summary;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Composition;

/// <summary>The parts of a gateway, and how they hang together. The order of the steps of a call is written here, once.</summary>
internal sealed partial class GatewayParts : IAsyncDisposable
{
    private readonly AuditLog? _audit;
    private readonly ConcurrentDictionary<Audience, AudienceParts> _audiences = new();
    private readonly ToolSurroundings _surroundings;
    private readonly Func<ToolSurroundings, AudienceParts> _partsOf;
    private readonly BackendHttp _documentation;
    private readonly ToolBoundary _boundary;
    private readonly ReadCache _reads;
    private readonly Sandbox _sandbox;
    private readonly CodeRuns _runs;
    private readonly bool _usesScripts;

    public GatewayParts(SettingsReading reading, SettingsSources sources, TimeProvider time, ILoggerFactory loggers)
    {
        var settings = reading.Settings;
        _sandbox = new Sandbox(settings.Scripting, Path.Combine(reading.DataFolder, "sandbox"), time, loggers.CreateLogger("Hypergate.Scripting"));
        _runs = new CodeRuns(time);
        _usesScripts = settings.ShownSurfaces.Contains(Surface.Code);
        var services = ServicesFor(reading, time);
        var made = settings.Backends.Select(backend => BackendMaking.Make(backend, sources, services)).ToList();
        Backends = [.. made.Select(entry => new Backend(entry.Options, time))];
        Scrubber = KnownSecrets.Of(reading, sources);
        Policies = settings.Backends.ToDictionary(static backend => backend.Name, static backend => new OperationPolicy(
            new OperationRights(backend.Actions, backend.Deny, backend.Allow, backend.Deprecated)));
        AuditFolder = settings.Audit.Folder ?? Path.Combine(reading.DataFolder, "audit");
        var scrubbing = AuditRedaction.For(BackendKinds.Redaction, Scrubber);
        _audit = settings.Audit.Enabled ? new AuditLog(new AuditLogOptions { Folder = AuditFolder }, scrubbing, time) : null;
        _reads = new ReadCache(time);
        Pipeline = MakePipeline(settings.Policy, time, loggers);
        _surroundings = new ToolSurroundings
        {
            Backends = Backends,
            Catalog = Catalog,
            Pipeline = Pipeline,
            Policies = Policies,
            Answers = new AnswerWriter(
                Backends.ToDictionary(static backend => backend.Name, backend => new ResultShaper(backend.Kind.Redaction, Scrubber, NearestName.Find)),
                settings.Output),
            Scrub = Scrubber.Scrub,
        };
        _documentation = DocumentationClient.Make(settings.DocumentationUrl, sources, time);
        Connection = new CheckConnectionTool(_surroundings, time);
        var documentation = new SearchDocumentationTool(new DocumentationClient(_documentation).FetchAsync, settings.DocumentationUrl, time).Tool;
        _partsOf = surroundings =>
        {
            var inventory = new PlatformInventory(surroundings.Backends, new InventoryRoom(Catalog, Pipeline, _reads, time));
            var fleet = new FleetRoom
            {
                Surroundings = surroundings,
                Inventory = inventory,
                Output = settings.Output,
                Settings = settings.Fleet,
                Time = time,
                Words = PreviewRedaction.WordsFor(Scrubber),
            };
            return new(
                surroundings,
                [
                    new CheckConnectionTool(surroundings, time).Tool,
                    new DescribeOperationTool(surroundings, (backend, operation) => SurfaceTools.ToolOf(settings, surroundings, backend, operation)).Tool,
                    new InfrastructureSummaryTool(surroundings).Tool,
                    new WhoAmITool(surroundings).Tool,
                    .. surroundings.Backends.Any(static backend => backend.Kind.IsDocumented) ? [documentation] : Array.Empty<ToolDefinition>(),
                ],
                [.. settings.ShownSurfaces.Distinct().Select(surface => SurfaceTools.Build(surface, settings, fleet, () => CodeRoomOf(surroundings, settings, time)))]);
        };
        var log = loggers.CreateLogger<GatewayParts>();
        _boundary = new ToolBoundary(Scrubber, (number, exception) => InternalError(log, number, exception));
        Warnings = [.. reading.Warnings.Concat(made.SelectMany(static entry => entry.Warnings)).Distinct(StringComparer.Ordinal).Select(warning => LogText.Line(warning, Scrubber))];
    }

    public IReadOnlyList<Backend> Backends { get; }

    public LiveCatalog Catalog { get; } = new();

    public CallPipeline Pipeline { get; }

    public CheckConnectionTool Connection { get; }

    public SecretScrubber Scrubber { get; }

    public IReadOnlyDictionary<string, OperationPolicy> Policies { get; }

    public string AuditFolder { get; }

    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Every tool that exists for an audience, ordered by name.</summary>
    public IReadOnlyList<ToolDefinition> BuildTools(CatalogSnapshot catalog, Audience audience)
    {
        var parts = PartsFor(audience);
        return [.. parts.Utility.Concat(parts.Surfaces.SelectMany(build => build(catalog))).OrderBy(static tool => tool.Name, StringComparer.Ordinal).Select(_boundary.Around)];
    }

    /// <summary>What runs scripts and which walls are up; null where no surface needs it.</summary>
    /// <exception cref="SandboxException">Nothing can run them; the message says why.</exception>
    public async Task<string?> WallsAsync(CancellationToken cancellationToken) => _usesScripts ? await _sandbox.WallsAsync(cancellationToken) : null;

    /// <summary>Starts in the background what the configured surfaces will need.</summary>
    public void WarmUp()
    {
        if (_usesScripts)
        {
            _sandbox.Pool.WarmUp();
        }
    }

    /// <summary>What an audience's tools work with: its backends alone, under policies lowered to its rights.</summary>
    public ToolSurroundings SurroundingsFor(Audience audience) => PartsFor(audience).Surroundings;

    /// <summary>Why a backend's operations are not known; null where they are.</summary>
    public string? GapOf(string backend) => _surroundings.Gap(backend);

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _audit?.Dispose();
        _documentation.Dispose();
        foreach (var backend in Backends)
        {
            backend.Dispose();
        }
    }

    private CodeRoom CodeRoomOf(ToolSurroundings surroundings, GatewaySettings settings, TimeProvider time)
    {
        var consent = new ConsentPolicy(settings.Policy);
        return new()
        {
            Surroundings = surroundings,
            Sandbox = _sandbox,
            Runs = _runs,
            Indexes = new SearchIndexes(surroundings),
            Output = settings.Output,
            Time = time,
            NeedsConsent = call => consent.Needs(call, AccessOf(call)),
            SafeArguments = PreviewRedaction.For(BackendKinds.Redaction, Scrubber),
        };
    }

    private Access AccessOf(Call call) =>
        Backends.FirstOrDefault(backend => backend.Name == call.Backend)?.Kind.AccessOf(call.Operation, call.Arguments) ?? call.Operation.Access;

    private AudienceParts PartsFor(Audience audience) => _audiences.GetOrAdd(audience, static (wanted, all) =>
    {
        var surroundings = all._surroundings with
        {
            Backends = [.. all.Backends.Where(backend => wanted.Has(backend.Name))],
            Policies = all.Policies.ToDictionary(static pair => pair.Key, pair => pair.Value.Under(wanted), StringComparer.Ordinal),
        };
        return all._partsOf(surroundings);
    }, this);

    // What backends ask of the rest of the gateway. Nothing of it is made before it is used.
    private BackendServices ServicesFor(SettingsReading reading, TimeProvider time) => new()
    {
        Transform = _sandbox.Transform,
        Composites = _sandbox.Composite,
        ScriptingProblem = _sandbox.ProblemAsync,
        RunCall = (call, token) => Pipeline.RunAsync(call, token),
        FindOperation = (backend, name) => Catalog.Current.Find(backend, name),
        Names = backend => Catalog.Current.Find(backend)?.Operations.Select(static operation => operation.Name) ?? [],
        Files = new FileShelf(Path.Combine(reading.DataFolder, "files"), time),
    };

    private CallPipeline MakePipeline(PolicySettings policy, TimeProvider time, ILoggerFactory loggers)
    {
        var kinds = Backends.ToDictionary(static backend => backend.Name, static backend => backend.Kind);
        var preview = new PreviewLookup(Catalog, name => kinds[name].Subjects, (call, token) => Pipeline.RunAsync(call, token), PreviewRedaction.WordsFor(Scrubber));
        var consent = new ConsentPolicy(policy);
        var rules = new ConfirmationRules(
            call => kinds[call.Backend].AccessOf(call.Operation, call.Arguments),
            consent.Needs,
            consent.TakesToken,
            call => kinds[call.Backend].Subjects?.ShowsChange(call) == true,
            PreviewRedaction.For(BackendKinds.Redaction, Scrubber));
        var cleaning = new OutcomeCleaning(Scrubber, BackendKinds.Redaction);

        var tokens = new ConsentTokens(time);

        // The order of the steps is the order of these lines.
        List<ICallStep> steps =
        [
            new MeterStep(time),
            .. _audit is null ? Array.Empty<ICallStep>() : [new AuditStep(_audit, loggers.CreateLogger<AuditStep>(), time)],
            new CleaningStep(cleaning.Clean),
            new ArrangementStep(),
            new ConsentTokenStep(tokens),
            new AuthorizationStep(Policies, call => kinds[call.Backend].AccessOf(call.Operation, call.Arguments)),
            new ArgumentsStep(name => kinds[name].PathRule, call => kinds[call.Backend].Refusal(call)),
            new ConfirmationStep(rules, preview.MakeAsync, tokens, time),
            new AuditIntentStep(_audit),
            new ChangeWatch(_reads),
        ];
        var backends = Backends.ToDictionary(static backend => backend.Name);
#pragma warning disable RS0030 // This is the one place that may call a backend.
        return new CallPipeline(steps, (call, token) => backends[call.Backend].InvokeAsync(call, token));
#pragma warning restore RS0030
    }

    private sealed record AudienceParts(ToolSurroundings Surroundings, IReadOnlyList<ToolDefinition> Utility, IReadOnlyList<Func<CatalogSnapshot, IEnumerable<ToolDefinition>>> Surfaces);

    [LoggerMessage(1, LogLevel.Error, "Internal error {Number}")]
    private static partial void InternalError(ILogger logger, string number, Exception exception);
}
