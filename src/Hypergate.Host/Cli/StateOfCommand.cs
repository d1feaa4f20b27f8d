using Hypergate.Backends;
using Hypergate.Governance.Audit;
using Hypergate.Host.Approvals;
using Hypergate.Host.Authentication;
using Hypergate.Host.Composition;
using Hypergate.Host.Settings;
using Hypergate.Host.State;
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
    private readonly IGatewayStores _stores;
    private readonly IAuditLog? _audit;
    private readonly Webhook? _webhook;

    private StateOfCommand(SettingsReading reading, SettingsSources sources, TimeProvider time)
    {
        var settings = reading.Settings;
        var secrets = KnownSecrets.Of(reading, sources);
        _loggers = Logging.ToError(secrets);
        _stores = GatewayStores.Make(reading, _loggers, time);
        _audit = settings.Audit.Enabled
            ? _stores.NewAudit(settings.Audit, AuditRedaction.For(BackendKinds.Redaction, secrets))
            : null;
        _webhook = settings.Approvals.Webhook is { } hook ? WebhookMaking.Make(hook, sources, _loggers, time) : null;
        State = new GatewayState(_stores.State, (settings.Approvals, new Voters(_stores.Keys, settings.Authentication, time)), (_audit, _webhook), time);
        Person = settings.Authentication.LocalCaller;
    }

    public GatewayState State { get; }

    /// <summary>Who decides.</summary>
    public Caller Person { get; private set; }

    /// <exception cref="SettingsException">The settings or the key cannot be used.</exception>
    public static async Task<StateOfCommand> OpenAsync(SettingsSources sources, TimeProvider time, CancellationToken cancellationToken)
    {
        var state = new StateOfCommand(SettingsReading.Load(sources), sources, time);
        try
        {
            await state.TakePersonAsync(sources.Variable(KeyVariable), time, cancellationToken);
            return state;
        }
        catch
        {
            await state.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_webhook is not null)
        {
            await _webhook.DisposeAsync();
        }

        _audit?.Dispose();
        await _stores.DisposeAsync();
        _loggers.Dispose();
    }

    private async Task TakePersonAsync(string? key, TimeProvider time, CancellationToken cancellationToken)
    {
        if (key is not null)
        {
            await _stores.Keys.RefreshAsync(cancellationToken);
            await using var keys = new ApiKeyStore(_stores.Keys, time, _loggers.CreateLogger<ApiKeyStore>());
            Person = ApiKeyText.TryRead(key) is { } text && keys.Find(text) is { } caller ? caller : throw new SettingsException($"{KeyVariable} holds no valid key of this gateway");
        }
    }
}
