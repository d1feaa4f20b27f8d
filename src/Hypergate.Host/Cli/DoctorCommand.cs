using System.Text;
using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Authentication;
using Hypergate.Host.Composition;
using Hypergate.Host.Doctor;
using Hypergate.Host.Settings;
using Hypergate.Host.State;
using Hypergate.Model;
using Hypergate.Results;
using Hypergate.Results.Secrets;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate doctor</c>: looks at everything that a gateway depends on, and says of each trouble what to do.</summary>
internal sealed class DoctorCommand(SettingsSources sources, Terminal terminal, TimeProvider time)
{
    private readonly List<Diagnosis> _all = [];
    private SecretScrubber _secrets = SecretScrubber.None;

    public async Task<int> RunAsync(bool json, CancellationToken cancellationToken)
    {
        var reading = ReadSettings();
        if (reading is not null)
        {
            await BackendsAsync(reading, cancellationToken);
            _all.AddRange(ServingDiagnosis.Certificate(reading.Settings.Http, time.GetUtcNow()));
        }

        var folder = reading?.DataFolder ?? SettingsCompletion.DataFolder(sources);
        _all.AddRange(MachineDiagnosis.Data(folder));
        _all.AddRange(MachineDiagnosis.Audit(reading?.Settings is { Audit.Enabled: true, State: StateKind.Embedded } settings ? settings.Audit.Folder : null));
        await KeysAsync(reading, cancellationToken);
        _all.Add(await ScriptingDiagnosis.RunAsync(reading?.Settings, Path.Combine(folder, "sandbox"), time, cancellationToken));
        await terminal.Output.WriteLineAsync(json ? Json() : Text());
        return _all.Any(static one => one.Severity == Severity.Problem) ? ExitCode.Failed : ExitCode.Done;
    }

    private async Task KeysAsync(SettingsReading? reading, CancellationToken cancellationToken)
    {
        await using var stores = reading is null ? new EmbeddedStores(null, SettingsCompletion.DataFolder(sources), null, time) : GatewayStores.Make(reading, null, time);
        await foreach (var one in MachineDiagnosis.KeysAsync(stores, time.GetUtcNow(), cancellationToken))
        {
            _all.Add(one);
        }

        if (reading is not null)
        {
            _all.AddRange(ServingDiagnosis.Binding(reading.Settings.Http, () => IsAuthenticated(reading, stores)));
        }

        await foreach (var one in MachineDiagnosis.CheckpointAsync(reading?.Settings.Audit.Checkpoint, stores, time.GetUtcNow(), cancellationToken))
        {
            _all.Add(one);
        }
    }

    private bool IsAuthenticated(SettingsReading reading, IGatewayStores stores)
    {
        try
        {
            return RequestSignIn.IsRequiredBy(reading.Settings.Authentication, EnvironmentKey.Read(sources, new RoleBook(reading.Settings.Roles))) || stores.Keys.Read().Count > 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true; // That keys cannot be read is told already, and nobody comes in.
        }
    }

    private SettingsReading? ReadSettings()
    {
        const string Area = "settings";
        try
        {
            var reading = SettingsReading.Load(sources);
            _secrets = KnownSecrets.Of(reading, sources);
            _all.Add(Diagnosis.Fine(Area, $"{reading.File ?? "The environment"} can be used; {Count(reading.Settings.Backends.Count, "backend")}."));
            _all.AddRange(reading.Warnings.Select(static warning => Diagnosis.Warn(Area, warning, "Works, but perhaps not as it was meant; docs/settings.md explains each setting.")));
            if (!reading.Settings.Enabled)
            {
                _all.Add(Diagnosis.Wrong(Area, "The gateway is switched off (enabled: false).", "Set enabled: true."));
            }

            return reading;
        }
        catch (SettingsException exception)
        {
            _all.Add(Diagnosis.Wrong(Area, exception.Message, "Mend that first; nothing starts without. docs/settings.md explains each setting."));
            return null;
        }
    }

    // The same check of connections as 'hypergate check' and the tool check_connection make.
    private async Task BackendsAsync(SettingsReading reading, CancellationToken cancellationToken)
    {
        using var loggers = Logging.ToError(_secrets);
        await using var gateway = new Gateway(reading, sources, time, loggers);
        gateway.Start();
        await gateway.FirstTries.WaitAsync(cancellationToken);
        var findings = await gateway.Parts.Connection.CheckAsync(Caller.LocalUser, cancellationToken);
        _all.AddRange(gateway.Warnings.Except(reading.Warnings, StringComparer.Ordinal).Select(static warning => Diagnosis.Warn("settings", warning, "See docs/settings.md.")));
        _all.AddRange(gateway.WaitingDescriptions.Select(static waiting => Diagnosis.Warn("descriptions", waiting, "Look at it, and accept what is right: hypergate backend accept NAME DIGEST.")));
        foreach (var backend in gateway.Backends)
        {
            var isReached = true;
            await foreach (var one in new BackendDiagnosis(backend, time).RunAsync(cancellationToken))
            {
                isReached &= one.Severity != Severity.Problem;
                _all.Add(one);
            }

            if (!isReached)
            {
                continue;
            }

            var finding = findings.First(found => found.Backend == backend.Name);
            _all.Add(finding.Problem is { } problem
                ? Diagnosis.Wrong($"backend {backend.Name}", problem, "Mend what it says; else check its auth in the settings, that the account is enabled, and its rights on the platform.")
                : Diagnosis.Fine($"backend {backend.Name}", finding.Short));
            _all.AddRange(gateway.Parts.Catalog.Current.Find(backend.Name) is { } catalog
                ? gateway.Parts.Policies[backend.Name].Warnings(catalog.Operations).Select(warning => Diagnosis.Warn($"backend {backend.Name}", warning, "Mend the list in the settings."))
                : []);
        }
    }

    private string Clean(string text) => LogText.Line(text, _secrets);

    private string Text()
    {
        var text = new StringBuilder();
        foreach (var one in _all)
        {
            text.Append(one.Severity switch { Severity.Ok => "ok       ", Severity.Warning => "warning  ", _ => "PROBLEM  " }).Append(one.Area).Append(": ").AppendLine(Clean(one.Text));
            if (one.Advice is { } advice)
            {
                text.Append("         -> ").AppendLine(Clean(advice));
            }
        }

        var (problems, warnings) = (_all.Count(static one => one.Severity == Severity.Problem), _all.Count(static one => one.Severity == Severity.Warning));
        return text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{Count(problems, "problem")}, {Count(warnings, "warning")}, {_all.Count - problems - warnings} fine").ToString();
    }

    private static string Count(int count, string thing) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");

    private string Json()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("ok", _all.All(static one => one.Severity != Severity.Problem));
            writer.WriteStartArray("findings");
            foreach (var one in _all)
            {
                writer.WriteStartObject();
                writer.WriteString("area", one.Area);
                writer.WriteString("severity", one.Severity.ToString().ToLowerInvariant());
                writer.WriteString("text", Clean(one.Text));
                if (one.Advice is { } advice)
                {
                    writer.WriteString("advice", Clean(advice));
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
