using System.CommandLine;
using System.Text.Json;
using Hypergate.Governance.Audit;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Changes;
using Hypergate.Host.Authentication;
using Hypergate.Host.Composition;
using Hypergate.Host.Policies;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate policy explain | test</c>.</summary>
/// <param name="run">Runs at the boundary of commands, with where the settings come from.</param>
internal sealed class PolicyCommands(Terminal terminal, TimeProvider time, Func<ParseResult, Func<SettingsSources, Task<int>>, Task<int>> run)
{
    public Command Build() => new("policy", $"Why something is allowed or not, and what other settings would change. Sends nothing but reads.") { Explain(), Test() };

    private Command Explain()
    {
        var key = new Option<string?>("--key") { Description = "The name of an API key; or 'local' for the person over stdio." };
        var role = new Option<string[]>("--role") { Description = "Roles instead of a key.", AllowMultipleArgumentsPerToken = true };
        var call = new Option<string>("--call") { Description = "An operation: StartVm, or xo.StartVm with its backend.", Required = true };
        var arguments = new Option<string>("--args") { Description = "Its arguments, a JSON object.", DefaultValueFactory = static _ => "{}" };
        var command = new Command("explain", $"Tells which rule decides over a call. Ends with 2 where it would be refused.") { key, role, call, arguments };
        command.SetAction((result, token) => run(result, async sources =>
        {
            var reading = SettingsReading.Load(sources);
            await using var gateway = await StartAsync(reading, sources, token);
            var (caller, ended) = CallerOf(result.GetValue(key), result.GetValue(role) ?? [], reading, gateway.Parts.Stores.Keys);
            var trial = new PolicyTrial(reading.Settings, gateway.Parts.Catalog, Read(gateway), time);
            var wish = Find(gateway, result.GetRequiredValue(call)) with { Caller = caller, Arguments = Parse(result.GetRequiredValue(arguments)) };
            var isAllowed = await ExplainAsync(trial, wish, gateway.Parts.State.Freezes, token);
            if (ended is not null)
            {
                await terminal.Output.WriteLineAsync($"Every call of it would be refused at this moment all the same: {ended}.");
            }

            return isAllowed && ended is null ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }

    /// <returns>Whether the call would be let through now, whoever else must agree.</returns>
    private async Task<bool> ExplainAsync(PolicyTrial trial, Call call, FreezeBoard freezes, CancellationToken cancellationToken)
    {
        var output = terminal.Output;
        await output.WriteLineAsync($"{call.Caller.Name} ({(call.Caller.Roles.Count == 0 ? "no role" : string.Join(", ", call.Caller.Roles))}) wants {call.Operation.Name} on {call.Backend}, class {call.Operation.Access.ToString().ToLowerInvariant()}.");
        foreach (var (rule, fit) in await trial.RulesAsync(call, cancellationToken))
        {
            var words = fit switch
            {
                Fit.Yes => "fits",
                Fit.Maybe => "cannot be told",
                _ => "does not fit",
            };
            await output.WriteLineAsync($"  {rule.Name,-30} {words,-14} {rule}");
        }

        var answer = await trial.DecideAsync(call, cancellationToken);
        await output.WriteLineAsync($"Decision: {answer.Word}, by {answer.Why}.");
        var closed = answer.IsAllowed ? await trial.ClosedAsync(call, freezes, cancellationToken) : null;
        if (closed is not null)
        {
            await output.WriteLineAsync($"At this moment it would be refused all the same: {closed}");
        }

        var seeing = trial.RolesThatSeeSecrets(call);
        await output.WriteLineAsync($"Passwords, tokens and keys in answers of {call.Backend}: {(seeing.Count == 0 ? "hidden; no role has secrets for it" : $"shown, by {string.Join(", ", seeing.Select(static role => $"roles.{role}.secrets"))}")}.");
        return answer.IsAllowed && closed is null;
    }

    private Command Test()
    {
        var draft = new Argument<string>("draft") { Description = "The settings file that is tried." };
        var since = new Option<string?>("--since") { Description = "Only calls of the last 30m, 12h, 7d. Default 30d." };
        since.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && Durations.TryRead(text) is null)
            {
                result.AddError("--since takes a number with m, h or d, such as 7d.");
            }
        });
        var command = new Command("test", $"Asks a draft of the settings about the calls of the audit, and lists what would change.") { draft, since };
        command.SetAction((result, token) => run(result, async sources =>
        {
            var reading = SettingsReading.Load(sources);
            var tried = SettingsReading.Load(sources with { ConfigPath = result.GetRequiredValue(draft) });
            await using var gateway = await StartAsync(reading, sources, token);
            var replay = new PolicyReplay(gateway.Parts.Catalog.Current, name => FindCaller(name, reading, gateway.Parts.Stores.Keys));
            var (before, after) = (new PolicyTrial(reading.Settings, gateway.Parts.Catalog, Read(gateway), time), new PolicyTrial(tried.Settings, gateway.Parts.Catalog, Read(gateway), time));
            var filter = new AuditFilter { Since = time.GetUtcNow() - (Durations.TryRead(result.GetValue(since) ?? "") ?? TimeSpan.FromDays(30)), Until = time.GetUtcNow() };
            await foreach (var (_, record) in gateway.Parts.Stores.Trail.FindAsync(filter, token))
            {
                await replay.AddAsync(record, before, after, token);
            }

            await ReportAsync(replay);
            return ExitCode.Done;
        }));
        return command;
    }

    private async Task ReportAsync(PolicyReplay replay)
    {
        foreach (var difference in replay.Differences)
        {
            await terminal.Output.WriteLineAsync(difference.ToString());
        }

        if (replay.Undecided > 0)
        {
            await terminal.Output.WriteLineAsync($"{replay.Undecided} calls cannot be decided: rules ask for arguments whose values the audit does not hold, because they are secret or too long ({string.Join(", ", replay.Unheld)}).");
        }

        await terminal.Output.WriteLineAsync($"{replay.Replayed} calls replayed; {(replay.Changed == 0 ? "nothing" : $"{replay.Changed} of them")} would change.{(replay.Unknown == 0 ? "" : $" {replay.Unknown} could not be asked: their operation or caller is not known any more.")}");
    }

    private async Task<Gateway> StartAsync(SettingsReading reading, SettingsSources sources, CancellationToken cancellationToken)
    {
        var gateway = new Gateway(reading, sources, time, Logging.ToError(KnownSecrets.Of(reading, sources)));
        gateway.Start();
        await gateway.Parts.Stores.Keys.RefreshAsync(cancellationToken);
        await gateway.Tools.Ready.WaitAsync(cancellationToken);
        return gateway;
    }

    private static Governance.CallNext Read(Gateway gateway) => (call, token) => gateway.Parts.Pipeline.RunAsync(call with { Caller = Caller.LocalUser }, token);

    private static Call Find(Gateway gateway, string text)
    {
        var catalog = gateway.Parts.Catalog.Current;
        var found = catalog.Backends.SelectMany(static backend => backend.Operations.Select(operation => (backend.Backend, Operation: operation)))
            .Where(entry => entry.Operation.Name == text || $"{entry.Backend}.{entry.Operation.Name}" == text).ToList();
        return found switch
        {
            [var (backend, operation)] => PolicyTrial.CallOf(Caller.LocalUser, backend, operation, JsonElement.Parse("{}")),
            [] => throw new SettingsException($"There is no operation '{text}'{(NearestName.Find(text, catalog.Backends.SelectMany(static backend => backend.Operations.Select(static operation => operation.Name)).Distinct(StringComparer.Ordinal)) is { } near ? $"; did you mean '{near}'?" : "")} {gateway.Gap}".TrimEnd()),
            _ => throw new SettingsException($"Several backends have '{text}': {string.Join(", ", found.Select(static entry => $"{entry.Backend}.{entry.Operation.Name}"))}"),
        };
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } value ? value : throw new SettingsException("--args takes a JSON object");
        }
        catch (JsonException)
        {
            throw new SettingsException("--args takes a JSON object");
        }
    }

    // The second: why nothing of the caller is let in.
    private (Caller Caller, string? Ended) CallerOf(string? key, string[] roles, SettingsReading reading, IApiKeyShelf keys) => (key, roles) switch
    {
        (null, { Length: > 0 }) when roles.FirstOrDefault(role => !new RoleBook(reading.Settings.Roles).Names.Contains(role, StringComparer.Ordinal)) is { } unknown =>
            throw new SettingsException($"There is no role '{unknown}'; there are {string.Join(", ", new RoleBook(reading.Settings.Roles).Names)}"),
        (null, { Length: > 0 }) => (new Caller("somebody", roles), null),
        ("local", { Length: 0 }) => (reading.Settings.Authentication.LocalCaller, null),
        ({ } name, { Length: 0 }) => HolderOf(name, keys.Read()),
        _ => throw new SettingsException("Name either --key or --role"),
    };

    private (Caller Caller, string? Ended) HolderOf(string name, IReadOnlyList<ApiKey> keys)
    {
        var now = time.GetUtcNow();
        var key = keys.Where(key => key.Name == name).OrderByDescending(key => key.IsValid(now)).ThenByDescending(static key => key.Created).FirstOrDefault()
            ?? throw new SettingsException($"There is no key '{name}'{(NearestName.Find(name, keys.Select(static key => key.Name).Distinct(StringComparer.Ordinal)) is { } near ? $"; did you mean '{near}'?" : "")}");
        return (key.Caller, key.StateAt(now) == KeyState.Disabled ? $"{key.EndAt(now)}. To give it back: hypergate keys enable {name}" : key.EndAt(now));
    }

    private static Caller? FindCaller(string name, SettingsReading reading, IApiKeyShelf keys) => name switch
    {
        "local" => reading.Settings.Authentication.LocalCaller,
        "anonymous" => RequestSignIn.Anonymous,
        _ => keys.Read().Where(key => $"key:{key.Name}" == name && key.Revoked is null).MaxBy(static key => key.Created)?.Caller,
    };
}
