using Hypergate.Backends;
using Hypergate.Governance.Audit;
using Hypergate.Host.Composition;
using Hypergate.Host.Settings;
using Hypergate.Host.State;
using Hypergate.Results;
using Hypergate.Results.Secrets;

namespace Hypergate.Host.Cli;

/// <summary>Records in the audit who makes and ends API keys. Without a settings file it lies where it always does.</summary>
internal sealed class KeyRecords(SettingsSources sources, IGatewayStores stores)
{
    public const string Created = "key_created";
    public const string Rotated = "key_rotated";
    public const string Revoked = "key_revoked";
    public const string Disabled = "key_disabled";
    public const string Enabled = "key_enabled";

    /// <exception cref="SettingsException">The settings cannot be read, so nobody knows where the audit is.</exception>
    /// <exception cref="IOException">It cannot be recorded.</exception>
    public async Task WriteAsync(string what, string detail)
    {
        var reading = SettingsLocation.Find(sources) is null ? null : SettingsReading.Load(sources);
        var settings = reading?.Settings.Audit ?? new AuditSettings();
        if (!settings.Enabled)
        {
            return;
        }

        using var log = stores.NewAudit(settings, AuditRedaction.For(BackendKinds.Redaction, reading is null ? SecretScrubber.None : KnownSecrets.Of(reading, sources)));
        try
        {
            await log.AppendAsync(new AuditRecord { Phase = AuditPhase.Event, Caller = $"local ({Environment.UserName})", Operation = what, Detail = detail }, CancellationToken.None);
        }
        catch (AuditUnavailableException exception)
        {
            throw new IOException($"{exception.Message} What cannot be recorded is not done.", exception);
        }
    }
}
