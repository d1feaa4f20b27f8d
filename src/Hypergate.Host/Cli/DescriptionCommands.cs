using System.CommandLine;
using Hypergate.Catalog;
using Hypergate.Host.Composition;
using Hypergate.Host.Settings;
using Hypergate.Results.Text;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate backend changes | accept</c>: what a platform describes otherwise than a person has accepted (decision 231).</summary>
/// <param name="withGateway">Runs with the gateway of the settings.</param>
/// <param name="terminal">Where it is shown.</param>
internal sealed class DescriptionCommands(Func<ParseResult, Func<Gateway, Task<int>>, Task<int>> withGateway, Terminal terminal)
{
    private const int LongestLine = 500;

    public Command Changes()
    {
        var name = Name();
        var command = new Command("changes", $"Shows what its description says that is new or has changed, and is offered to nobody before a person accepts it.") { name };
        command.SetAction((result, token) => withGateway(result, async gateway =>
        {
            var catalog = await ReadAsync(gateway, result.GetRequiredValue(name), token);
            foreach (var change in catalog?.Waiting ?? [])
            {
                await terminal.Output.WriteLineAsync(Line(change));
            }

            return catalog switch
            {
                null => ExitCode.Failed,
                { Waiting.Count: 0 } => await SayAsync($"Nothing of '{catalog.Backend}' waits.", ExitCode.Done),
                _ => await SayAsync($"To accept exactly this: hypergate backend accept {catalog.Backend} {DescriptionPins.DigestOf(catalog.Waiting)}", ExitCode.Done),
            };
        }));
        return command;
    }

    public Command Accept()
    {
        var name = Name();
        var digest = new Argument<string>("digest") { Description = "As 'backend changes' shows it: what has changed again since is not accepted." };
        var command = new Command("accept", $"Accepts what its description says now. A running gateway offers it within seconds.") { name, digest };
        command.SetAction((result, token) => withGateway(result, async gateway =>
        {
            if (await ReadAsync(gateway, result.GetRequiredValue(name), token) is not { } catalog)
            {
                return ExitCode.Failed;
            }

            if (catalog.Waiting.Count == 0)
            {
                return await SayAsync($"Nothing of '{catalog.Backend}' waits.", ExitCode.Done);
            }

            if (DescriptionPins.DigestOf(catalog.Waiting) != result.GetRequiredValue(digest))
            {
                throw new SettingsException($"What waits is not what was shown under {result.GetRequiredValue(digest)}. Nothing was accepted. Look at it: hypergate backend changes {catalog.Backend}");
            }

            // It gives something to callers, so it is recorded before it does.
            await gateway.Parts.State.RecordAsync(gateway.Local.Name, DescriptionChanges.Accepted, DescriptionChanges.Waiting(catalog)!, catalog.Backend);
            await gateway.AcceptAsync(catalog, token);
            return await SayAsync($"Accepted {catalog.Waiting.Count} of '{catalog.Backend}': {string.Join(", ", catalog.Waiting.Select(static change => Called(change)))}.", ExitCode.Done);
        }));
        return command;
    }

    private async Task<BackendCatalog?> ReadAsync(Gateway gateway, string name, CancellationToken cancellationToken)
    {
        var backend = BackendCommands.Find(gateway, name);
        gateway.Start();
        await gateway.FirstTries.WaitAsync(cancellationToken);
        if (backend.State.Problem is null && gateway.Parts.Catalog.Current.Find(name) is { } catalog)
        {
            return catalog;
        }

        await terminal.Error.WriteLineAsync(backend.State.Problem ?? "Its description cannot be read.");
        return null;
    }

    private async Task<int> SayAsync(string text, int exitCode)
    {
        await terminal.Output.WriteLineAsync(text);
        return exitCode;
    }

    private static string Line(WaitingOperation change) => CleanText.Line(
        change.Before is not { } before ? $"new      {Called(change)}{Class(change.Now.Access)} {change.Now.Text}"
        : before.Text == change.Now.Text && before.Access == change.Now.Access ? $"changed  {Called(change)}{Class(change.Now.Access)} {change.Now.Text} (its parameters, body or fields)"
        : $"changed  {Called(change)}{Class(change.Now.Access)} {change.Now.Text} | before{Class(before.Access)} {before.Text}",
        2 * LongestLine);

    private static string Called(WaitingOperation change) => change.Now.Name.Length == 0 ? "the words about the whole" : change.Now.Name;

    private static string Class(string access) => access.Length == 0 ? ":" : $" ({access}):";

    private static Argument<string> Name() => new("backend") { Description = "Its name in the settings." };
}
