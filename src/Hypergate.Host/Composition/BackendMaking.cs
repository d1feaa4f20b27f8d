using Hypergate.Backends;
using Hypergate.Backends.Http;
using Hypergate.Descriptions;
using Hypergate.Host.Settings;
using Hypergate.Model;

namespace Hypergate.Host.Composition;

/// <summary>Turns the settings of a backend into what it runs with.</summary>
internal static class BackendMaking
{
    public static (BackendOptions Options, IReadOnlyList<string> Warnings) Make(BackendSettings settings, SettingsSources sources, BackendServices services, TimeProvider time, CredentialKeeper? keeper = null)
    {
        var kind = Configured(BackendKinds.Find(settings.Kind) ?? throw new SettingsException($"There is no backend kind '{settings.Kind}'."), settings);
        var proxy = ProxyRules.Read(sources.Environment, settings.Proxy?.Reveal());
        var tls = Tls(settings);
        var options = new BackendOptions
        {
            Name = settings.Name,
            Kind = kind,
            Credential = WithOthers(kind.Settings.MakeCredential(settings.Auth), sources, keeper),
            Services = services,
            OtherAddresses = [.. settings.Url.All.Skip(1)],
            Actions = settings.Actions,
            AcceptedChanges = settings.AcceptChanges switch
            {
                "none" => AcceptedChanges.None,
                "reads" => AcceptedChanges.Reads,
                "all" => AcceptedChanges.All,
                _ => kind is { IsAnyApi: true, DescriptionFile: null } ? AcceptedChanges.None : AcceptedChanges.All,
            },
            AccessOverrides = settings.AccessOverrides.Count == 0 ? AccessOverrides.None : new AccessOverrides(settings.AccessOverrides),
            Http = new BackendHttpOptions
            {
                Address = kind.Address ?? settings.Url.First,
                Words = kind.Words,
                Proxy = proxy,
                Tls = tls,
                TimeLimit = TimeSpan.FromSeconds(settings.Timeouts.RequestSeconds),
            },
            StartLimit = TimeSpan.FromSeconds(settings.Timeouts.StartSeconds),
            JobLimit = TimeSpan.FromSeconds(settings.Timeouts.TaskSeconds),
            LimitFor = settings.Timeouts.LimitFor,
            Gate = new PlatformGate(settings.Name, settings.Limits, time),
        };
        return (options, [.. proxy.Warnings, .. options.Http.Warnings().Select(warning => $"{settings.Name}: {warning}")]);
    }

    // By the names that descriptions give their credentials.
    private static Credential WithOthers(Credential credential, SettingsSources sources, CredentialKeeper? keeper) =>
        credential is Credential.Several several ? several with { Elsewhere = name => CredentialEnvironment.Find(name, sources), Keeper = keeper } : credential;

    private static BackendKind Configured(BackendKind kind, BackendSettings settings)
    {
        try
        {
            return kind.Configure?.Invoke(settings) ?? kind;
        }
        catch (DescriptionException exception)
        {
            throw new SettingsException($"{settings.Name}: {exception.Message}");
        }
    }

    private static TlsRules Tls(BackendSettings settings)
    {
        var rules = new TlsRules
        {
            CaFile = settings.Tls.Ca,
            ExtraCaFile = settings.Tls.ExtraCa,
            Pin = settings.Tls.Fingerprint is { } pin ? Pin(settings.Name, pin) : null,
            DangerouslySkipVerification = settings.DangerouslySkipTlsVerification,
        };
        return rules.CaFile is not null && rules.Problem() is { } problem ? throw new SettingsException($"{settings.Name}: tls.ca: {problem}") : rules;
    }

    private static CertificatePin Pin(string backend, string text) =>
        CertificatePin.TryRead(text) ?? throw new SettingsException($"{backend}: tls.fingerprint must be a SHA-256 fingerprint: 32 pairs of hexadecimal digits, such as AB:CD:….");
}
