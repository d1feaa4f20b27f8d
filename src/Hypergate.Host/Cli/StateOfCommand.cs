using Hypergate.Backends;
using Hypergate.Governance.Audit;
using Hypergate.Host.Approvals;
using Hypergate.Host.Authentication;
using Hypergate.Host.Composition;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Results;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Cli;

/// <summary>What commands share that decide and order things beside a running gateway: its state, its audit, and who sits here.</summary>
internal sealed class StateOfCommand : IAsyncDisposable
{
    /// <summary>Makes a command act for the holder of this API key instead of the person at the machine.</summary>
    public const string KeyVariable = "HYPERGATE_APPROVER_KEY";

    private readonly ILoggerFactory _loggers;
    private readonly AuditLog? _audit;
    private readonly ApprovalWebhook? _webhook;

    /// <exception cref="SettingsException">The settings or the key cannot be used.</exception>
    public StateOfCommand(SettingsSources sources, TimeProvider time)
    {
        var reading = SettingsReading.Load(sources);
        var settings = reading.Settings;
        var secrets = KnownSecrets.Of(reading, sources);
        _loggers = Logging.ToError(secrets);
        _audit = settings.Audit.Enabled
            ? new AuditLog(settings.Audit.OptionsFor(reading.DataFolder), AuditRedaction.For(BackendKinds.Redaction, secrets), time)
            : null;
        _webhook = settings.Approvals.Webhook is { } hook ? WebhookMaking.Make(hook, sources, _loggers, time) : null;
        State = new GatewayState(reading.DataFolder, settings.Approvals, (_audit, _webhook), time);
        Person = sources.Variable(KeyVariable) is { } key ? HolderOf(key, reading.DataFolder, time) : settings.Authentication.LocalCaller;
    }

    public GatewayState State { get; }

    /// <summary>Who decides.</summary>
    public Caller Person { get; }

    public async ValueTask DisposeAsync()
    {
        if (_webhook is not null)
        {
            await _webhook.DisposeAsync();
        }

        _audit?.Dispose();
        _loggers.Dispose();
    }

    private Caller HolderOf(string key, string dataFolder, TimeProvider time)
    {
        var store = new ApiKeyStore(new ApiKeyFile(KeysCommands.PathOf(dataFolder)), time, _loggers.CreateLogger<ApiKeyStore>());
        return ApiKeyText.TryRead(key) is { } text && store.Find(text) is { } caller ? caller : throw new SettingsException($"{KeyVariable} holds no valid key of this gateway");
    }
}
