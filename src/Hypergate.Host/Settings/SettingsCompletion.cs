using Hypergate.Backends;
using Hypergate.Backends.Rest;
using Hypergate.Host.Telemetry;

namespace Hypergate.Host.Settings;

/// <summary>Fills in what depends on the process: absolute paths, the data folder, extra certificates.</summary>
internal static class SettingsCompletion
{
    /// <param name="settings">As written.</param>
    /// <param name="sources">The process.</param>
    /// <param name="folder">Where relative paths start.</param>
    public static GatewaySettings Complete(GatewaySettings settings, SettingsSources sources, string folder) => settings with
    {
        Backends = [.. settings.Backends.Select(backend => backend with
        {
            Actions = backend.Actions && !settings.ReadOnly,
            Tls = Complete(backend.Tls, sources, folder),
            Rest = backend.Rest is { } rest ? Complete(rest, sources, folder) : null,
            PxCloud = backend.PxCloud is { Document: { } document } cloud ? cloud with { Document = sources.Absolute(document, folder) } : backend.PxCloud,
            Dadl = backend.Dadl is { } dadl ? dadl with { File = sources.Absolute(dadl.File, folder) } : null,
        })],
        Gates = [.. settings.Gates.Select(gate => gate.Script is { } script ? gate with { Script = sources.Absolute(script, folder) } : gate)],
        Http = settings.Http with
        {
            Tls = new()
            {
                Certificate = settings.Http.Tls.Certificate is { } certificate ? sources.Absolute(certificate, folder) : null,
                Key = settings.Http.Tls.Key is { } key ? sources.Absolute(key, folder) : null,
            },
        },
        Audit = settings.Audit with
        {
            Folder = settings.Audit.Folder is { } audit ? sources.Absolute(audit, folder) : Path.Combine(DataFolder(sources), "audit"),
            Checkpoint = settings.Audit.Checkpoint is { } checkpoint && !CheckpointPlace.IsAddress(checkpoint) ? sources.Absolute(checkpoint, folder) : settings.Audit.Checkpoint,
            Syslog = settings.Audit.Syslog is { Ca: { } ca } syslog ? syslog with { Ca = sources.Absolute(ca, folder) } : settings.Audit.Syslog,
        },
    };

    /// <summary>Absolute.</summary>
    public static string DataFolder(SettingsSources sources)
    {
        if (sources.Variable("HYPERGATE_DATA") is { } data)
        {
            return sources.Absolute(data, sources.WorkingFolder);
        }

        var user = sources.Variable("XDG_DATA_HOME") is { } folder && Path.IsPathRooted(folder)
            ? folder
            : Path.Combine(sources.Home, ".local", "share");
        return Path.Combine(user, "hypergate");
    }

    private static BackendSettingsTls Complete(BackendSettingsTls tls, SettingsSources sources, string folder) => tls with
    {
        Ca = tls.Ca is { } ca ? sources.Absolute(ca, folder) : null,
        ExtraCa = tls is { Ca: null, Fingerprint: null } && sources.Variable("NODE_EXTRA_CA_CERTS") is { } extra
            ? sources.Absolute(extra, sources.WorkingFolder)
            : null,
    };

    private static RestSettings Complete(RestSettings rest, SettingsSources sources, string folder) => rest with
    {
        Document = rest.Document.Contains("://", StringComparison.Ordinal) || rest.Document.StartsWith('/') ? rest.Document : sources.Absolute(rest.Document, folder),
        Overlay = rest.Overlay is { } overlay ? sources.Absolute(overlay, folder) : null,
    };
}
