using System.CommandLine;
using System.CommandLine.Parsing;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Authentication;
using Hypergate.Host.Credentials;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Cli;

/// <summary>What <c>hypergate keys</c> understands.</summary>
/// <param name="run">Runs with the data folder that the settings name.</param>
internal sealed class KeysOptions(Func<ParseResult, Func<KeysCommands, Task<int>>, Task<int>> run)
{
    private const int LongestName = 64;
    private static readonly TimeSpan UsualLife = TimeSpan.FromDays(90);
    private static readonly TimeSpan UsualGrace = TimeSpan.FromHours(24);
    private static readonly string[] SurfaceNames = [.. Enum.GetNames<Surface>().Select(static name => name.ToLowerInvariant())];

    public Command Build() => new("keys", $"The keys with which clients come in over HTTP.") { Create(), List(), Show(), Rotate(), Disable(), Enable(), Revoke() };

    private Command Create()
    {
        var name = new Option<string>("--name") { Description = "Who uses it; the audit shows key:NAME.", Required = true };
        name.Validators.Add(static result => Check(result, static text => text.Length is > 0 and <= LongestName && text.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '@'), "takes letters, digits, - _ . @"));
        var role = new Option<string[]>("--role") { Description = $"What it may do: {string.Join(", ", Roles.All)}, or a role of the settings.", Required = true, AllowMultipleArgumentsPerToken = true };
        var expires = Duration("--expires", "How long it lives: 12h, 90d. Default 90d.");
        var noExpiry = new Option<bool>("--no-expiry") { Description = "It never ends." };
        var backends = new Option<string[]>("--backends") { Description = "The only backends that exist for it; else all.", AllowMultipleArgumentsPerToken = true };
        var surfaces = new Option<string[]>("--surfaces") { Description = $"The only surfaces that it is shown, of those that its roles see: {string.Join(", ", SurfaceNames)}; else all.", AllowMultipleArgumentsPerToken = true };
        surfaces.Validators.Add(static result =>
        {
            foreach (var name in Words(result.Tokens.Select(static token => token.Value)).Except(SurfaceNames, StringComparer.Ordinal))
            {
                result.AddError($"--surfaces takes {string.Join(", ", SurfaceNames)}, not '{name}'.");
            }
        });
        var networks = new Option<string[]>("--network") { Description = "The only network it may come from, such as 10.1.0.0/16; else all. May be given several times.", AllowMultipleArgumentsPerToken = true };
        networks.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(static token => !Networks.IsNetwork(token.Value)))
            {
                result.AddError($"--network takes a network in CIDR notation, such as 10.1.0.0/16 or fd00::/8, or one address, not '{token.Value}'.");
            }
        });
        var credentials = new Option<string[]>("--credential") { Description = "BACKEND=secret:NAME, or env:NAME, file:PATH, exec:NAME: its own token for a backend, so that the platform sees the person. For Proxmox VE: user@realm!name=secret." };
        credentials.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(static token => token.Value.Split('=', 2) is not [{ Length: > 0 }, var reference] || !CredentialReference.IsWellFormed(reference)))
            {
                result.AddError($"--credential takes BACKEND=secret:NAME, BACKEND=env:NAME, BACKEND=file:PATH or BACKEND=exec:NAME, not {token.Value.Split('=')[0]}…. The token itself belongs into the store: hypergate secrets set NAME.");
            }
        });
        var readOnly = new Option<bool>("--read-only") { Description = "It only looks, whatever its roles allow." };
        var rate = Limit("--requests-per-second", "The most requests a second, where fewer than http.limits allows; twice as many at once.");
        var sessions = Limit("--sessions", "The most sessions open at once, where fewer than http.limits allows; the one idle for longest ends for a new one.");
        var calls = Limit("--calls-per-minute", "The most calls a minute, where fewer than limits and its roles allow.", least: 0);
        var writes = Limit("--writes-per-minute", "The most calls a minute that change something, where fewer than limits and its roles allow; 0 allows none.", least: 0);
        var command = new Command("create", $"Makes a key and shows it once, on standard output.") { name, role, expires, noExpiry, backends, surfaces, networks, readOnly, rate, sessions, calls, writes, credentials };
        command.SetAction((result, token) => run(result, keys => keys.CreateAsync(
            new NewKey(
                result.GetRequiredValue(name),
                [.. result.GetRequiredValue(role).Distinct(StringComparer.Ordinal)],
                Words(result.GetValue(backends) ?? []),
                result.GetValue(noExpiry) ? null : result.GetValue(expires) ?? UsualLife)
            {
                ReadOnly = result.GetValue(readOnly),
                RequestsPerSecond = result.GetValue(rate),
                Sessions = result.GetValue(sessions),
                CallsPerMinute = result.GetValue(calls),
                WritesPerMinute = result.GetValue(writes),
                Surfaces = Words(result.GetValue(surfaces) ?? []),
                Networks = [.. (result.GetValue(networks) ?? []).Distinct(StringComparer.Ordinal)],
                Credentials = (result.GetValue(credentials) ?? []).ToDictionary(static pair => pair.Split('=', 2)[0], static pair => pair.Split('=', 2)[1], StringComparer.Ordinal),
            },
            token)));
        return command;
    }

    private Command List()
    {
        var command = new Command("list", $"Shows all keys, without their secrets.");
        command.SetAction((result, token) => run(result, keys => keys.ListAsync(token)));
        return command;
    }

    private Command Show()
    {
        var name = new Argument<string>("name") { Description = "The name or id of a key." };
        var command = new Command("show", $"Shows all there is of a key, without its secret.") { name };
        command.SetAction((result, token) => run(result, keys => keys.ShowAsync(result.GetRequiredValue(name), token)));
        return command;
    }

    private Command Rotate()
    {
        var name = new Argument<string>("name") { Description = "The name or id of a key." };
        var grace = Duration("--grace", "How long the old one still holds: 0h, 24h, 7d. Default 24h.");
        var command = new Command("rotate", $"Makes a new key with the rights of an old one, and shows it once.") { name, grace };
        command.SetAction((result, token) => run(result, keys => keys.RotateAsync(result.GetRequiredValue(name), result.GetValue(grace) ?? UsualGrace, token)));
        return command;
    }

    private Command Disable()
    {
        var name = new Argument<string>("name") { Description = "The name or id of a key." };
        var command = new Command("disable", $"Takes a key away, and ends what is open with it, at once; enable gives it back.") { name };
        command.SetAction((result, token) => run(result, keys => keys.DisableAsync(result.GetRequiredValue(name), token)));
        return command;
    }

    private Command Enable()
    {
        var name = new Argument<string>("name") { Description = "The name or id of a disabled key." };
        var command = new Command("enable", $"Gives a disabled key back.") { name };
        command.SetAction((result, token) => run(result, keys => keys.EnableAsync(result.GetRequiredValue(name), token)));
        return command;
    }

    private Command Revoke()
    {
        var name = new Argument<string>("name") { Description = "The name or id of a key." };
        var command = new Command("revoke", $"Ends a key, and what is open with it, at once.") { name };
        command.SetAction((result, token) => run(result, keys => keys.RevokeAsync(result.GetRequiredValue(name), token)));
        return command;
    }

    // What is usual stands in the description: the library would show it in a form that it does not take.
    private static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (result.Tokens is [{ Value: var text }] && Durations.TryRead(text) is { } length)
            {
                return length;
            }

            result.AddError($"{name} takes a number with m, h or d, such as 90d.");
            return default;
        },
    };

    // Several options, or one with commas.
    private static IReadOnlyList<string> Words(IEnumerable<string> texts) =>
        [.. texts.SelectMany(static text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];

    private static Option<int?> Limit(string name, string description, int least = 1)
    {
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= 1_000_000))
            {
                result.AddError($"{name} takes a number from {least} to 1000000, not '{text}'.");
            }
        });
        return option;
    }

    private static void Check(OptionResult result, Func<string, bool> fits, string rule)
    {
        if (result.Tokens is [{ Value: var text }] && !fits(text))
        {
            result.AddError($"--name {rule}, at most {LongestName} characters.");
        }
    }
}
