using System.CommandLine;
using System.Text.Json;
using Hypergate.Governance.Gates;
using Hypergate.Host.Composition;
using Hypergate.Host.Policies;
using Hypergate.Host.Settings;
using Hypergate.Scripting;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate gates test</c>: what gates make of a call that is only written down. Nothing is connected to, nothing is sent.</summary>
/// <param name="run">Runs at the boundary of commands, with where the settings come from.</param>
internal sealed class GatesCommands(Terminal terminal, TimeProvider time, Func<ParseResult, Func<SettingsSources, Task<int>>, Task<int>> run)
{
    private const string ScriptEnding = ".js";

    public Command Build() => new("gates", $"What is done to calls before they are sent, and to their answers.") { Test() };

    private Command Test()
    {
        var file = new Argument<string>("file") { Description = "A settings file with gates, or the script of one." };
        var call = new Option<string>("--call") { Description = "The call, a JSON object: operation, args, and where they matter backend, kind, resource, access, caller: {name, roles}.", Required = true };
        var result = new Option<string?>("--result") { Description = "What the platform answers, JSON; else gates that look at answers do not run." };
        var command = new Command("test", $"Tells what gates make of a call and its answer. Ends with 2 where one refuses.") { file, call, result };
        command.SetAction((parsed, token) => run(parsed, sources => TestAsync(
            new GateTrialWish(parsed.GetRequiredValue(file), GateTrialCall.Read(parsed.GetRequiredValue(call)), parsed.GetValue(result) is { } answer ? Json(answer) : null), sources, token)));
        return command;
    }

    private async Task<int> TestAsync(GateTrialWish wish, SettingsSources sources, CancellationToken cancellationToken)
    {
        var settings = SettingsOf(wish.File, sources);
        using var loggers = Logging.ToError(KnownSecrets.Of(settings, sources));
        await using var sandbox = new Sandbox(settings.Settings.Scripting, Path.Combine(settings.DataFolder, "sandbox"), time, loggers.CreateLogger("Hypergate.Scripting"));
        var trial = new GateTrial(GateList.Of(settings.Settings.Gates, sandbox.Gate, time), time);
        var isRefused = false;
        await foreach (var line in trial.RunAsync(wish.Call, wish.Answer, cancellationToken))
        {
            isRefused |= line.IsRefusal;
            await terminal.Output.WriteLineAsync(line.Text);
        }

        return isRefused ? ExitCode.Failed : ExitCode.Done;
    }

    // A script stands for a gate that is for all calls, before them and after.
    private static SettingsReading SettingsOf(string file, SettingsSources sources)
    {
        var path = sources.Absolute(file, sources.WorkingFolder);
        if (!path.EndsWith(ScriptEnding, StringComparison.OrdinalIgnoreCase))
        {
            return SettingsReading.Load(sources with { ConfigPath = path });
        }

        if (FileProblem.OfOpening(path) is { } problem)
        {
            throw new SettingsException($"{file} {problem}");
        }

        var gate = new GateSettings { Name = Path.GetFileNameWithoutExtension(path), Script = path, Phases = [GatePhase.Before, GatePhase.After] };
        return new() { Settings = new() { Backends = [], Gates = [gate] }, DataFolder = SettingsCompletion.DataFolder(sources) };
    }

    private static JsonElement Json(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new SettingsException($"--result is no JSON: {exception.Message}");
        }
    }

    private sealed record GateTrialWish(string File, GateTrialCall Call, JsonElement? Answer);
}
