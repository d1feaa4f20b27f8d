using Hypergate.Host.Composition;
using Hypergate.Model;
using Hypergate.Scripting;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate check</c>: the settings and every backend.</summary>
internal static class CheckCommand
{
    public static async Task<int> RunAsync(Gateway gateway, Terminal terminal, CancellationToken cancellationToken)
    {
        if (gateway.SettingsParts.Count > 0)
        {
            await terminal.Output.WriteLineAsync($"Settings: {string.Join(", ", gateway.SettingsParts)}");
        }

        foreach (var warning in gateway.Warnings)
        {
            await terminal.Output.WriteLineAsync($"Warning: {warning}");
        }

        gateway.Start();
        await gateway.FirstTries.WaitAsync(cancellationToken);
        var findings = await gateway.Parts.Connection.CheckAsync(Caller.LocalUser, cancellationToken);
        foreach (var finding in findings)
        {
            await terminal.Output.WriteLineAsync(gateway.Parts.Scrubber.Scrub(finding.Text));
            await WarnAsync(gateway, finding.Backend, terminal);
        }

        var fits = await TellOfRulesAsync(gateway, terminal);
        var canKeep = await TellOfStateAsync(gateway, terminal, cancellationToken);
        var canRun = await TellOfScriptsAsync(gateway, terminal, cancellationToken);
        return !fits || !canKeep || !canRun || findings.Any(static finding => finding.Problem is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    private static async Task<bool> TellOfRulesAsync(Gateway gateway, Terminal terminal)
    {
        foreach (var problem in gateway.RuleProblems)
        {
            await terminal.Output.WriteLineAsync($"{(gateway.RefusesUnmatched ? "Error" : "Warning")}: {problem}");
        }

        return !gateway.RefusesUnmatched || gateway.RuleProblems.Count == 0;
    }

    private static async Task<bool> TellOfStateAsync(Gateway gateway, Terminal terminal, CancellationToken cancellationToken)
    {
        var stores = gateway.Parts.Stores;
        if (stores.Replica is null)
        {
            return true;
        }

        try
        {
            await stores.Keys.RefreshAsync(cancellationToken);
            await terminal.Output.WriteLineAsync($"State: the database answers; the audit is in {stores.Trail.Place}.");
            return true;
        }
        catch (IOException exception)
        {
            await terminal.Output.WriteLineAsync($"State: {gateway.Parts.Scrubber.Scrub(exception.Message)}");
            return false;
        }
    }

    private static async Task<bool> TellOfScriptsAsync(Gateway gateway, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            if (await gateway.Parts.WallsAsync(cancellationToken) is { } walls)
            {
                await terminal.Output.WriteLineAsync(walls);
            }

            return true;
        }
        catch (SandboxException exception)
        {
            await terminal.Output.WriteLineAsync($"Scripts cannot run: {exception.Message}");
            return false;
        }
    }

    private static async Task WarnAsync(Gateway gateway, string backend, Terminal terminal)
    {
        if (gateway.Parts.Catalog.Current.Find(backend) is not { } catalog)
        {
            return;
        }

        if (catalog.WaitingWarning is { } waiting)
        {
            await terminal.Output.WriteLineAsync($"Warning: {gateway.Parts.Scrubber.Scrub(waiting)}");
        }

        foreach (var warning in gateway.Parts.Policies[backend].Warnings(catalog.Operations))
        {
            await terminal.Output.WriteLineAsync($"Warning: {warning}");
        }
    }
}
