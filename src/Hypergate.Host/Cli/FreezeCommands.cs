using System.CommandLine;
using Hypergate.Governance.Changes;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate freeze on | off | status</c>: stops every change at once, in all gateways over the same data folder.</summary>
/// <param name="run">Runs at the boundary of commands, with where the settings come from.</param>
internal sealed class FreezeCommands(Terminal terminal, TimeProvider time, Func<ParseResult, Func<SettingsSources, Task<int>>, Task<int>> run)
{
    private readonly Option<string?> _backend = new("--backend") { Description = "Only this backend, by name or with *." };
    private readonly Option<string?> _pool = new("--pool") { Description = "Only this pool, by name, id, or with *." };
    private readonly Option<string?> _tag = new("--tag") { Description = "Only objects with this tag, by name or with *." };

    public Command Build() => new("freeze", $"Stops changes, whoever agrees to them; looking goes on.") { On(), Off(), Status() };

    private Command On()
    {
        var reason = new Option<string>("--reason") { Description = "For everybody whose change is refused.", Required = true };
        var length = new Option<string?>("--for") { Description = "Ends by itself: 30m, 12h, 2d. Else it holds until 'freeze off'." };
        length.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && Durations.TryRead(text) is null)
            {
                result.AddError("--for takes a number with m, h or d, such as 2h.");
            }
        });
        var command = new Command("on", $"Orders a freeze.") { reason, length, _backend, _pool, _tag };
        command.SetAction((result, token) => run(result, async sources =>
        {
            await using var state = await StateOfCommand.OpenAsync(sources, time, token);
            var now = time.GetUtcNow();
            var freeze = new Freeze(ScopeOf(result) ?? Freeze.Everything, result.GetRequiredValue(reason), WhoOf(state), now, result.GetValue(length) is { } text ? now + Durations.TryRead(text) : null);

            // The order comes first: a full disk of the audit must not keep anybody from stopping changes.
            await state.State.Freezes.OrderAsync(freeze, token);
            await terminal.Output.WriteLineAsync($"Frozen: {freeze}.");
            await state.State.RecordAsync(freeze.By, "freeze.on", freeze.ToString());
            return ExitCode.Done;
        }));
        return command;
    }

    private Command Off()
    {
        var command = new Command("off", $"Lifts a freeze: the one of that scope, or all.") { _backend, _pool, _tag };
        command.SetAction((result, token) => run(result, async sources =>
        {
            await using var state = await StateOfCommand.OpenAsync(sources, time, token);
            var scope = ScopeOf(result);
            await state.State.RecordAsync(WhoOf(state), "freeze.off", scope ?? "every freeze");
            var lifted = await state.State.Freezes.LiftAsync(scope, token);
            await terminal.Output.WriteLineAsync(lifted == 0 ? "Nothing was frozen there." : $"Lifted {lifted} freeze{(lifted == 1 ? "" : "s")}.");
            return ExitCode.Done;
        }));
        return command;
    }

    private Command Status()
    {
        var command = new Command("status", $"Shows the freezes in force. Exit code 0 either way.");
        command.SetAction((result, token) => run(result, async sources =>
        {
            await using var state = await StateOfCommand.OpenAsync(sources, time, token);
            var freezes = await state.State.Freezes.CurrentAsync(token);
            await terminal.Output.WriteLineAsync(freezes.Count == 0 ? "Nothing is frozen." : string.Join('\n', freezes));
            return ExitCode.Done;
        }));
        return command;
    }

    private static string WhoOf(StateOfCommand state) => state.Person.Name == "local" ? $"local ({Environment.UserName})" : state.Person.Name;

    private string? ScopeOf(ParseResult result)
    {
        string?[] scopes = [Named("backend", result.GetValue(_backend)), Named("pool", result.GetValue(_pool)), Named("tag", result.GetValue(_tag))];
        return scopes.OfType<string>().ToList() switch
        {
            [] => null,
            [var one] => one,
            _ => throw new SettingsException("Name one of --backend, --pool and --tag; several freezes hold side by side"),
        };
    }

    private static string? Named(string kind, string? name) => name is null ? null : $"{kind}:{name}";
}
