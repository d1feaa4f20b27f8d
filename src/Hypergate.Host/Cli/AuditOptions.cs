using System.CommandLine;
using System.Globalization;
using Hypergate.Governance.Audit;
using Hypergate.Host.Settings;
using Hypergate.Host.State;
using Hypergate.Host.Telemetry;

namespace Hypergate.Host.Cli;

/// <summary>What <c>hypergate audit</c> understands.</summary>
/// <param name="run">Runs at the boundary of commands, with where the settings come from.</param>
internal sealed class AuditOptions(Terminal terminal, TimeProvider time, Func<ParseResult, Func<SettingsSources, Task<int>>, Task<int>> run)
{
    private readonly Option<string?> _folder = new("--folder") { Description = "Where the records lie; else as the settings say.", Recursive = true };
    private readonly Option<string?> _checkpoint = new("--checkpoint") { Description = "A file of what audit.checkpoint has told of the end of the records; else the file that the settings name." };
    private readonly Option<string?> _caller = Pattern("--caller", "Who asked: local, key:anna.");
    private readonly Option<string?> _address = Pattern("--address", "From which address: 192.0.2.*.");
    private readonly Option<string?> _client = Pattern("--client", "With which client, as it says of itself.");
    private readonly Option<string?> _surface = Pattern("--surface", "By which way in: domains, operations, search, fleet, query, code, utility, resources, cli.");
    private readonly Option<string?> _tool = Pattern("--tool", "By which tool.");
    private readonly Option<string?> _trace = Pattern("--trace", "In which trace.");
    private readonly Option<string?> _backend = Pattern("--backend", "On which backend.");
    private readonly Option<string?> _operation = Pattern("--operation", "Which operation.");
    private readonly Option<string?> _outcome = Pattern("--outcome", "How it ended: done, refused, failed, unconfirmed, running.");
    private readonly Option<string?> _object = new("--object") { Description = "An id, or a part of a name: in what was changed, or in the arguments." };
    private readonly Option<string?> _since = new("--since") { Description = "From a moment on: 2026-11-21, 2026-11-21T10:00Z, or 30m, 12h, 7d ago." };
    private readonly Option<string?> _until = new("--until") { Description = "Up to a moment, written the same." };

    public Command Build() => new("audit", "The record of all calls.") { _folder, Verify(), Tail(), Search(), Export() };

    private Command Verify()
    {
        var command = new Command("verify", $"Finds any change, removal, reorder, insertion or cut, and names file and line.");
        command.Add(_checkpoint);
        command.SetAction((result, token) => RunAsync(result, (trail, settings) => AuditCommands.VerifyAsync(trail, CheckpointsOf(result, settings), terminal, token)));
        return command;
    }

    private Command Tail()
    {
        var count = new Option<int>("--count") { Description = "How many of the newest.", DefaultValueFactory = static _ => 20 };
        count.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is var value and (< 1 or > 100_000))
            {
                result.AddError($"--count takes 1 to 100000, not {value}.");
            }
        });
        var follow = new Option<bool>("--follow") { Description = "Goes on with each record that comes, until it is ended." };
        var command = new Command("tail", $"Shows the newest records.") { count, follow };
        command.SetAction((result, token) => RunAsync(result, (trail, _) => result.GetValue(follow)
            ? AuditCommands.FollowAsync(trail, result.GetValue(count), terminal, time, token)
            : AuditCommands.TailAsync(trail, result.GetValue(count), terminal, token)));
        return command;
    }

    private Command Search()
    {
        var json = new Option<bool>("--json") { Description = "The records as they are, one a line." };
        var command = new Command("search", $"Finds records, oldest first.") { json };
        Filters.ForEach(command.Add);
        command.SetAction((result, token) => RunAsync(result, (trail, _) => AuditCommands.SearchAsync(trail, FilterOf(result), result.GetValue(json), terminal, token)));
        return command;
    }

    private Command Export()
    {
        var format = new Option<string>("--format") { Description = "jsonl or csv.", DefaultValueFactory = static _ => "jsonl" };
        format.AcceptOnlyFromAmong("jsonl", "csv");
        var output = new Option<string?>("--output") { Description = "A file, which must not exist; else standard output." };
        var command = new Command("export", $"Writes records for other programs.") { format, output };
        Filters.ForEach(command.Add);
        command.SetAction((result, token) => RunAsync(result, (trail, _) => AuditCommands.ExportAsync(
            trail, FilterOf(result), new AuditExport(result.GetValue(format) == "csv", result.GetValue(output)), terminal, token)));
        return command;
    }

    private List<Option> Filters => [_caller, _backend, _operation, _object, _outcome, _address, _client, _surface, _tool, _trace, _since, _until];

    private AuditFilter FilterOf(ParseResult result) => new()
    {
        Caller = result.GetValue(_caller),
        Address = result.GetValue(_address),
        Client = result.GetValue(_client),
        Surface = result.GetValue(_surface),
        Tool = result.GetValue(_tool),
        Trace = result.GetValue(_trace),
        Backend = result.GetValue(_backend),
        Operation = result.GetValue(_operation),
        Outcome = result.GetValue(_outcome),
        Object = result.GetValue(_object),
        Since = Moment("--since", result.GetValue(_since)),
        Until = Moment("--until", result.GetValue(_until)),
    };

    private DateTimeOffset? Moment(string option, string? text) => text switch
    {
        null => null,
        _ when Durations.TryRead(text) is { } ago => time.GetUtcNow() - ago,
        _ when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) => moment,
        _ => throw new SettingsException($"{option} takes a moment such as 2026-11-21 or 2026-11-21T10:00Z, or a length of time such as 12h"),
    };

    // The file that the settings name is looked at unasked; what an address was told has to be brought.
    private string? CheckpointsOf(ParseResult result, AuditSettings? settings) => result.GetValue(_checkpoint)
        ?? (settings?.Checkpoint is { } place && !CheckpointPlace.IsAddress(place) && File.Exists(place) ? place : null);

    private Task<int> RunAsync(ParseResult result, Func<IAuditTrail, AuditSettings?, Task<int>> act) => run(result, async sources =>
    {
        var key = AuditSettings.KeyIn(SettingsCompletion.DataFolder(sources));
        if (result.GetValue(_folder) is { } given)
        {
            return await act(new FolderTrail(Path.GetFullPath(given), key), null);
        }

        if (SettingsLocation.Find(sources) is null)
        {
            return await act(new FolderTrail(Path.Combine(SettingsCompletion.DataFolder(sources), "audit"), key), null);
        }

        var reading = SettingsReading.Load(sources);
        await using var stores = GatewayStores.Make(reading, null, time);
        return await act(stores.Trail, reading.Settings.Audit);
    });

    private static Option<string?> Pattern(string name, string description) => new(name) { Description = $"{description} * stands for any characters." };
}
