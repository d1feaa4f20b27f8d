using System.CommandLine;
using Hypergate.Host.Credentials;
using Hypergate.Host.Settings;
using Hypergate.Schemas;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate secrets set | list | remove</c>.</summary>
/// <param name="run">Runs at the boundary of commands, with where the settings come from.</param>
internal sealed class SecretsCommands(Terminal terminal, TimeProvider time, Func<ParseResult, Func<SettingsSources, Task<int>>, Task<int>> run)
{
    public Command Build() => new("secrets", $"Values that settings refer to as ${{secret:NAME}}, encrypted in the data folder.") { Set(), List(), Remove() };

    private Command Set()
    {
        var name = Name();
        var command = new Command("set", $"Stores a value, read from standard input or without echo from the keyboard; never from the command line.") { name };
        command.SetAction((result, token) => run(result, async sources =>
        {
            var (key, value) = (Checked(result.GetRequiredValue(name)), await terminal.ReadSecretAsync("Value: ", token));
            var replaced = await StoreOf(sources).SetAsync(key, value, time, token);
            await terminal.Output.WriteLineAsync($"{(replaced ? "Replaced" : "Stored")} {key}. Settings refer to it as ${{secret:{key}}}.");
            return ExitCode.Done;
        }));
        return command;
    }

    private Command List()
    {
        var command = new Command("list", $"Shows the names, never the values.");
        command.SetAction((result, _) => run(result, async sources =>
        {
            var names = StoreOf(sources).Names();
            await terminal.Output.WriteLineAsync(names.Count == 0 ? "There are no secrets. Store one: hypergate secrets set NAME" : string.Join('\n', names));
            return ExitCode.Done;
        }));
        return command;
    }

    private Command Remove()
    {
        var name = Name();
        var command = new Command("remove", $"Takes a value out of the store.") { name };
        command.SetAction((result, token) => run(result, async sources =>
        {
            var (store, key) = (StoreOf(sources), result.GetRequiredValue(name));
            if (!await store.RemoveAsync(key, time, token))
            {
                throw new SettingsException($"There is no secret '{key}'{(NearestName.Find(key, store.Names()) is { } near ? $"; did you mean '{near}'?" : "")}");
            }

            await terminal.Output.WriteLineAsync($"Removed {key}.");
            return ExitCode.Done;
        }));
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "Letters, digits, - _ . /" };

    private static string Checked(string name) =>
        SecretStore.IsName(name) ? name : throw new SettingsException($"A secret's name has letters, digits, - _ . and /, at most 100: {ValueText.Quote(name)} is none");

    private static SecretStore StoreOf(SettingsSources sources) => new(sources, SettingsCompletion.DataFolder(sources));
}
