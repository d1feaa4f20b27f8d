using Hypergate.Backends;
using Hypergate.Backends.Dadl;
using Hypergate.Host.Clients;
using Hypergate.Host.Composition;
using Hypergate.Host.Credentials;
using Hypergate.Host.Settings;
using Hypergate.Model;

namespace Hypergate.Host.Cli.Setup;

/// <summary><c>hypergate setup</c>: a platform is tried before anything of it is written, and its secret never stands in the settings.</summary>
internal sealed class SetupCommand(SettingsSources sources, Terminal terminal, TimeProvider time)
{
    // A secret is known under this name while it is tried.
    private const string Trial = "HYPERGATE_SETUP_SECRET";

    private readonly SetupQuestions _questions = new(terminal);

    /// <summary>Those that can be set up in a few questions. A DADL file says itself what it needs.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. KindsOfSettings.All.Select(static kind => kind.Name).Where(static name => name != DadlKind.Name)];

    public async Task<int> RunAsync(SetupWish wish, CancellationToken cancellationToken)
    {
        var path = FileText.Behind(SettingsLocation.ForWriting(sources));
        FileText.RequireUnprotected(path);
        var backend = await _questions.AskAsync(wish);
        if (!SecretStore.IsName(backend.SecretName))
        {
            throw new SettingsException("--name takes letters, digits, - _ and . alone");
        }

        backend = await new SetupCertificate(_questions, terminal, sources, time).KnownAsync(backend, cancellationToken);
        var secret = await _questions.SecretAsync(backend, cancellationToken);
        var (isWell, said) = await TryAsync(path, TextWith(FileText.Read(path), backend, secret is null ? null : $"${{env:{Trial}}}"), secret, backend.Name, cancellationToken);
        await terminal.Output.WriteLineAsync(said);
        if (!isWell)
        {
            await terminal.Error.WriteLineAsync("Nothing was written.");
            return ExitCode.Failed;
        }

        if (wish.DryRun)
        {
            await terminal.Output.WriteLineAsync($"Would write into {path}:\n{SetupBlock.Of(backend, Reference(backend, secret), "  ")}");
            return ExitCode.Done;
        }

        await WriteAsync(path, backend, secret, cancellationToken);
        return ExitCode.Done;
    }

    private async Task WriteAsync(string path, SetupBackend backend, string? secret, CancellationToken cancellationToken)
    {
        if (secret is not null)
        {
            await new SecretStore(sources, SettingsCompletion.DataFolder(sources)).SetAsync(backend.SecretName, secret, time, cancellationToken);
        }

        // Whatever somebody wrote there meanwhile stays.
        FileText.Write(path, TextWith(FileText.Read(path), backend, Reference(backend, secret)), isPrivate: false);
        await terminal.Output.WriteLineAsync($"Wrote {backend.Name} into {path}.");
        if (secret is not null)
        {
            await terminal.Output.WriteLineAsync($"The secret is not in that file: the data folder keeps it encrypted, as ${{secret:{backend.SecretName}}}.");
        }

        await terminal.Output.WriteLineAsync("Next: hypergate connect CLIENT tells an assistant where the gateway is; hypergate tools lists what it will see.");
    }

    private static string? Reference(SetupBackend backend, string? secret) => secret is null ? null : $"${{secret:{backend.SecretName}}}";

    private static string TextWith(string? file, SetupBackend backend, string? reference) => SetupBlock.Into(file, indent => SetupBlock.Of(backend, reference, indent));

    // The whole file is tried as it will be, beside its place so that relative paths mean the same.
    private async Task<(bool IsWell, string Text)> TryAsync(string path, string text, string? secret, string name, CancellationToken cancellationToken)
    {
        var trial = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():n}.trial.yaml");
        try
        {
            FileText.Write(trial, text, isPrivate: true);
            return await AskAsync(Tried(trial, secret), path, trial, name, cancellationToken);
        }
        finally
        {
            File.Delete(trial);
        }
    }

    private SettingsSources Tried(string trial, string? secret) => sources with
    {
        ConfigPath = trial,
        Environment = new Dictionary<string, string>(sources.Environment, StringComparer.Ordinal) { [Trial] = secret ?? "" },
    };

    private async Task<(bool IsWell, string Text)> AskAsync(SettingsSources tried, string path, string trial, string name, CancellationToken cancellationToken)
    {
        SettingsReading reading;
        try
        {
            reading = SettingsReading.Load(tried);
        }
        catch (SettingsException exception)
        {
            throw new SettingsException($"With this entry the settings cannot be used. {exception.Message.Replace(trial, path, StringComparison.Ordinal)}");
        }

        // The others were there before; whether they answer is no matter here.
        reading = reading with { Settings = reading.Settings with { Backends = [.. reading.Settings.Backends.Where(backend => backend.Name == name)] } };
        using var loggers = Logging.ToError(KnownSecrets.Of(reading, tried));
        await using var gateway = new Gateway(reading, tried, time, loggers);
        gateway.Start();
        await gateway.FirstTries.WaitAsync(cancellationToken);
        var finding = (await gateway.Parts.Connection.CheckAsync(Caller.LocalUser, cancellationToken)).Single();
        return (finding.Problem is null, gateway.Parts.Scrubber.Scrub(finding.Text));
    }
}
