using Hypergate.Host.Telemetry;

namespace Hypergate.Host.Settings;

/// <summary>What a shared state, telemetry and copies of the audit need that the schema cannot say.</summary>
internal static class StateChecks
{
    private const int ShortestKey = 32;

    public static IEnumerable<SettingsFault> Check(GatewaySettings settings)
    {
        if (settings.State == StateKind.Postgres && settings.Postgres is null)
        {
            yield return new("state", "is postgres and needs postgres beside it, with connection and key");
        }

        if (settings.Postgres is { } postgres && postgres.Key.Reveal().Length < ShortestKey)
        {
            yield return new("postgres.key", $"must have at least {ShortestKey} characters; make one with: openssl rand -base64 32");
        }

        if (settings.Telemetry.Otlp is { } otlp && !(otlp is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "" }))
        {
            yield return new("telemetry.otlp", "must be an address with http or https, such as http://127.0.0.1:4318; credentials belong into telemetry.headers");
        }

        if (settings.Audit.Otlp && settings.Telemetry.Otlp is null)
        {
            yield return new("audit.otlp", "needs telemetry.otlp, the address of the collector");
        }

        if (settings.Audit.Checkpoint is { } checkpoint && CheckpointPlace.IsAddress(checkpoint)
            && !(Uri.TryCreate(checkpoint, UriKind.Absolute, out var address) && address.UserInfo == "" && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))))
        {
            yield return new("audit.checkpoint", "must be the path of a file, or an https address without user name (or http on this machine)");
        }

        if (settings.Audit.Syslog is { } syslog && !(syslog.Address is { IsAbsoluteUri: true, Scheme: "udp" or "tcp" or "tls", Port: > 0 }))
        {
            yield return new("audit.syslog.address", "must be udp://HOST:514, tcp://HOST:601 or tls://HOST:6514");
        }

        if (settings.Audit.Syslog?.Ca is { } ca && FileProblem.OfOpening(ca) is { } problem)
        {
            yield return new("audit.syslog.ca", $"needs the file {ca}, which {problem}");
        }
    }
}
