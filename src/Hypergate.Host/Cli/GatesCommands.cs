using System.CommandLine;
using System.Text.Json;
using Hypergate.Governance.Gates;
using Hypergate.Host.Composition;
using Hypergate.Host.Policies;
using Hypergate.Host.Settings;
using Hypergate.Scripting;

namespace Hypergate.Host.Cli;

/// <summary>
/// <c>hypergate gates test</c>: what gates make of calls that are only written down. Nothing is connected to, nothing is sent.
/// <c>hypergate gates import</c>: what is otherwise here in a gate file of ToolMesh.
/// </summary>
/// <param name="run">Runs at the boundary of commands, with where the settings come from.</param>
internal sealed class GatesCommands(Terminal terminal, TimeProvider time, Func<ParseResult, Func<SettingsSources, Task<int>>, Task<int>> run)
{
    private const string ScriptEnding = ".js";

    public Command Build() => new("gates", $"What is done to calls before they are sent, and to their answers.") { Test(), Import() };

    private Command Test()
    {
        var file = new Argument<string>("file") { Description = "A settings file with gates, or the script of one." };
        var call = new Option<string?>("--call") { Description = "The call, a JSON object: operation, args, and where they matter backend, kind, resource, access, caller: {name, roles}. Without it all tests beside the file run (*.gate-test.yaml)." };
        var result = new Option<string?>("--result") { Description = "What the platform answers, JSON; else gates that look at answers do not run." };
        var command = new Command("test", $"Tells what gates make of a call and its answer, or runs the tests that lie beside them. Ends with 2 where a gate refuses or a test fails.") { file, call, result };
        command.SetAction((parsed, token) => run(parsed, sources => parsed.GetValue(call) is { } written
            ? TestAsync(new GateTrialWish(parsed.GetRequiredValue(file), GateTrialCall.Read(written), parsed.GetValue(result) is { } answer ? Json(answer) : null), sources, token)
            : TestAllAsync(parsed.GetRequiredValue(file), sources, token)));
        return command;
    }

    private Command Import()
    {
        var file = new Argument<string>("file") { Description = "A gate file of ToolMesh." };
        var command = new Command("import", $"Tells what a gate file of ToolMesh must say otherwise here. It translates nothing. Ends with 2 where something differs.") { file };
        command.SetAction((parsed, token) => run(parsed, sources => ImportAsync(sources.Absolute(parsed.GetRequiredValue(file), sources.WorkingFolder), token)));
        return command;
    }

    private async Task<int> ImportAsync(string path, CancellationToken cancellationToken)
    {
        if (FileProblem.OfOpening(path) is { } problem)
        {
            throw new SettingsException($"{path} {problem}");
        }

        var differences = ToolMeshGate.Differences(await File.ReadAllTextAsync(path, cancellationToken)).ToList();
        foreach (var difference in differences)
        {
            await terminal.Output.WriteLineAsync(difference);
        }

        await terminal.Output.WriteLineAsync(differences.Count == 0
            ? $"Nothing differs. Name it in the settings: gates: [{{ name: {Path.GetFileNameWithoutExtension(path)}, script: {Path.GetFileName(path)} }}]"
            : "Many such gates need no script: see docs/gates. Try what you have written with: hypergate gates test");
        return differences.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task<int> TestAllAsync(string file, SettingsSources sources, CancellationToken cancellationToken)
    {
        var settings = SettingsOf(file, sources);
        using var loggers = Logging.ToError(KnownSecrets.Of(settings, sources));
        var (passed, failed) = (0, 0);
        await foreach (var (name, failure) in new GateTestRun(settings, sources, loggers, time).RunAsync(sources.Absolute(file, sources.WorkingFolder), cancellationToken))
        {
            (passed, failed) = failure is null ? (passed + 1, failed) : (passed, failed + 1);
            await terminal.Output.WriteLineAsync(failure is null ? $"ok      {name}" : $"FAILED  {name}: {failure}");
        }

        if (passed + failed == 0)
        {
            throw new SettingsException($"There is no *.gate-test.yaml beside {file}, and no --call to try");
        }

        await terminal.Output.WriteLineAsync($"{passed} passed, {failed} failed");
        return failed == 0 ? ExitCode.Done : ExitCode.Failed;
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
