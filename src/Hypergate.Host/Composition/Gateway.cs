using Hypergate.Backends;
using Hypergate.Catalog;
using Hypergate.Governance;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Host.State;
using Hypergate.Model;
using Hypergate.Tools;
using Hypergate.Tools.Code;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Composition;

/// <summary>One gateway, put together from its settings. Made without I/O; <see cref="Start"/> begins to read catalogs.</summary>
internal sealed partial class Gateway : IAsyncDisposable
{
    private const int MostTold = 5;

    private readonly CancellationTokenSource _stopping = new();
    private readonly DescriptionPins _pins;
    private readonly CatalogCache _cache;
    private readonly IReadOnlyList<CatalogLoader> _loaders;
    private readonly GatewayParts _parts;
    private readonly string _dataFolder;
    private readonly GatewaySettings _settings;
    private readonly IGatewayStores? _own;
    private readonly ILogger _log;
    private volatile bool _tellsRules;
    private readonly DescriptionChanges _descriptions;
    private Task _running = Task.CompletedTask;

    /// <param name="reading">The settings.</param>
    /// <param name="sources">The process.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where to.</param>
    /// <param name="stores">Those of a gateway that changes its settings; null for own ones, which end with it.</param>
    /// <param name="runs">In the same way, what is kept of scripts.</param>
    public Gateway(SettingsReading reading, SettingsSources sources, TimeProvider time, ILoggerFactory loggers, IGatewayStores? stores = null, CodeRuns? runs = null)
    {
        _own = stores is null ? GatewayStores.Make(reading, loggers, time) : null;
        _parts = new GatewayParts(reading, sources, (stores ?? _own!, runs ?? new CodeRuns(time)), time, loggers);
        (_dataFolder, _settings) = (reading.DataFolder, reading.Settings);
        Local = reading.Settings.Authentication.LocalCaller;
        SettingsParts = reading.Parts;
        _pins = new DescriptionPins(_parts.State.Store);
        _cache = new CatalogCache(Path.Combine(_dataFolder, "catalogs"));
        _loaders = [.. _parts.Backends.Select(backend => new CatalogLoader(
            backend,
            _parts.Catalog,
            new CatalogIntake(backend, _parts.Catalog, (_cache, _pins), time, loggers.CreateLogger<CatalogIntake>()),
            time,
            loggers.CreateLogger<CatalogLoader>()))];
        _log = loggers.CreateLogger<Gateway>();
        _descriptions = new(NoteDescriptionAsync);
        _parts.Catalog.Changed += (_, change) =>
        {
            Refresh();
            if (change.Snapshot.Find(change.Backend) is { } read)
            {
                _descriptions.Take(read);
            }

            Warn(change);
        };
        Refresh();
    }

    /// <summary>Raised after operations have become others.</summary>
    public event EventHandler? Changed;

    /// <summary>What exists for each audience.</summary>
    public ToolLists Lists { get; } = new();

    /// <summary>The person at this machine, with the roles that the settings give.</summary>
    public Caller Local { get; }

    /// <summary>The oldest revision of the protocol that is spoken; null for all.</summary>
    public string? MinimumProtocolVersion => _settings.MinimumProtocolVersion;

    /// <summary>The files and variables that the settings came from; none where platforms alone were named by variables.</summary>
    public IReadOnlyList<string> SettingsParts { get; }

    /// <summary>What exists for the person at this machine.</summary>
    public ToolList Tools => Lists.For(Audience.Of(Local));

    public static IReadOnlyList<PromptDefinition> Prompts => GatewayTexts.Prompts;

    /// <summary>The prompts of every gateway, and those that the kinds of an audience's platforms bring along.</summary>
    public IReadOnlyList<PromptDefinition> PromptsFor(Audience audience) => [.. Prompts, .. KindTexts.Prompts(_parts.Audiences.SurroundingsFor(audience))];

    /// <summary>The texts that the kinds of an audience's platforms bring along.</summary>
    public IReadOnlyList<GuideDefinition> GuidesFor(Audience audience) => KindTexts.Guides(_parts.Audiences.SurroundingsFor(audience));

    /// <summary>Every tool that exists for an audience at this moment.</summary>
    public IReadOnlyList<ToolDefinition> Build(Audience audience) => _parts.Audiences.ToolsFor(audience);

    /// <summary>What a model is told about this gateway before anything else.</summary>
    public string Instructions => InstructionsFor(Audience.Of(Local));

    public string InstructionsFor(Audience audience) => GatewayTexts.Instructions(_parts.Audiences.SurroundingsFor(audience), _parts.Audiences.ViewFor(audience).Settings.ShownSurfaces);

    public IReadOnlyList<Backend> Backends => _parts.Backends;

    public GatewayParts Parts => _parts;

    /// <summary>Warnings of the settings: what will not work as its author may think.</summary>
    public IReadOnlyList<string> Warnings => _parts.Warnings;

    /// <summary>Why tools may be missing: the backends whose operations are not known, and what is wrong there; null where all are known.</summary>
    public string? Gap => GapFor(Audience.Of(Local));

    public string? GapFor(Audience audience) =>
        string.Join(' ', _parts.Audiences.SurroundingsFor(audience).Backends.Select(backend => _parts.GapOf(backend.Name)).OfType<string>()) is { Length: > 0 } text ? text : null;

    /// <summary>Accepts what waits of a description, as it was shown: from now on it is offered, also by processes that start later.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public async Task AcceptAsync(BackendCatalog shown, CancellationToken cancellationToken)
    {
        await _pins.AcceptAsync(shown, cancellationToken);
        _cache.Forget(shown.Backend);
    }

    /// <summary>That platforms describe what waits for a person, a line for each.</summary>
    public IReadOnlyList<string> WaitingDescriptions => [.. _parts.Catalog.Current.Backends.Select(static catalog => catalog.WaitingWarning).OfType<string>()];

    /// <summary>How each backend was at its first try, in the order of <see cref="Backends"/>.</summary>
    public Task<BackendState[]> FirstTries => Task.WhenAll(_loaders.Select(static loader => loader.Tried));

    /// <summary>Names in roles, gates and consent that fit nothing, as far as the operations that they are about are known.</summary>
    public IReadOnlyList<string> RuleProblems => [.. RuleWarnings.Of(_settings, _parts.Catalog.Current)];

    /// <summary>Whether such names are errors.</summary>
    public bool RefusesUnmatched => _settings.Policy.Unmatched == UnmatchedNames.Error;

    /// <summary>Refuses settings with names in rules that fit nothing, where operations of an earlier start are remembered and the settings want it so. Reads files, and only where there are such names.</summary>
    /// <exception cref="SettingsException">There are some; the message names them.</exception>
    public void RefuseUnmatched()
    {
        if (RuleWarnings.IsAsked(_settings))
        {
            foreach (var loader in _loaders)
            {
                loader.Remember();
            }

            RefuseUnmatched([]);
        }
    }

    /// <param name="known">What was wrong before and is no reason to refuse.</param>
    /// <exception cref="SettingsException">There are others.</exception>
    public void RefuseUnmatched(IReadOnlyList<string> known)
    {
        if (RefusesUnmatched && RuleProblems.Except(known, StringComparer.Ordinal).ToList() is { Count: > 0 } problems)
        {
            throw new SettingsException($"{string.Join(' ', problems.Take(MostTold))}{(problems.Count > MostTold ? $" There are {problems.Count - MostTold} more." : "")} To start all the same, with a warning, set policy.unmatched: warning");
        }
    }

    /// <summary>Logs names in rules that fit nothing: now, and whenever operations have become others.</summary>
    public void TellRules()
    {
        _tellsRules = true;
        WarnOfRules();
    }

    /// <summary>Begins to read the catalogs, side by side; returns at once.</summary>
    /// <param name="greeted">Ends when a waiting client has its first answers; those whose catalogs are remembered are asked only then.</param>
    public void Start(Task? greeted = null)
    {
        DataFolder.Create(_dataFolder);
        _parts.WarmUp();
        _running = Task.WhenAll(_loaders.Select(loader => Task.Run(() => loader.RunAsync(greeted ?? Task.CompletedTask, _stopping.Token))));
        _ = Task.WhenAll(Backends.Select(backend => _parts.Catalog.SettledAsync(backend.Name, _stopping.Token))).ContinueWith(_ => Lists.MarkReady(), TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // That is how loaders end.
        }

        await _descriptions.Recorded;
        await _parts.DisposeAsync();
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }

        _stopping.Dispose();
    }

    // An entry that fits no operation protects nothing: its author learns of it where they start the gateway, not only where they check it.
    private void Warn(CatalogChangedEventArgs change)
    {
        foreach (var warning in change.Snapshot.Find(change.Backend) is { } catalog ? _parts.Policies[change.Backend].Warnings(catalog.Operations) : [])
        {
            ListWarning(_log, change.Backend, warning);
        }

        if (_tellsRules)
        {
            WarnOfRules();
        }
    }

    private void WarnOfRules()
    {
        foreach (var problem in RuleProblems)
        {
            RuleWarning(_log, problem);
        }
    }

    private async Task NoteDescriptionAsync(string what, string backend, string words)
    {
        try
        {
            await _parts.State.RecordAsync("gateway", what, words, backend);
        }
        catch (IOException exception)
        {
            NotRecorded(_log, backend, exception.Message);
        }
    }

    [LoggerMessage(3, LogLevel.Warning, "That {Backend} describes other operations is not recorded: {Problem}")]
    private static partial void NotRecorded(ILogger log, string backend, string problem);

    [LoggerMessage(1, LogLevel.Warning, "{Backend}: {Warning}")]
    private static partial void ListWarning(ILogger log, string backend, string warning);

    [LoggerMessage(2, LogLevel.Warning, "{Warning}")]
    private static partial void RuleWarning(ILogger log, string warning);

    // By what is known when a list is built: two platforms may tell of themselves at once, and the word of the first come last.
    private void Refresh()
    {
        Lists.Refresh(_parts.Audiences.ToolsFor);
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
