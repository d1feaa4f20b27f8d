using System.Runtime.CompilerServices;
using Hypergate.Backends;
using Hypergate.Backends.Dadl;
using Hypergate.Host.Authentication;
using Hypergate.Host.Settings;
using Hypergate.Results.Secrets;

namespace Hypergate.Host.Composition;

/// <summary>Every credential that this process was given, so that none of them leaves it in a text.</summary>
internal static class KnownSecrets
{
    private static readonly string[] ProxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"];

    private static readonly ConditionalWeakTable<SettingsReading, SecretScrubber> Known = [];

    /// <summary>One for each reading: what the gateway learns later is hidden from its log as well.</summary>
    public static SecretScrubber Of(SettingsReading reading, SettingsSources sources) =>
        Known.GetValue(reading, given => new SecretScrubber(All(given, sources), given.Settings.Redaction.Patterns()));

    private static IEnumerable<string?> All(SettingsReading reading, SettingsSources sources) =>
    [
        .. reading.Settings.Backends.SelectMany(static backend => OfBackend(backend)),
        sources.Variable(EnvironmentKey.Variable),
        reading.Settings.Approvals.Webhook?.Secret.Reveal(),
        reading.Settings.Postgres?.Key.Reveal(),
        .. (reading.Settings.Telemetry.Headers?.Reveal() ?? "").Split(',').Select(static pair => pair.Split('=', 2)[^1]),
        reading.Settings.Postgres?.Connection.Reveal(),
        .. OfAddress(reading.Settings.Postgres?.Connection.Reveal()),
        .. OfWords(reading.Settings.Postgres?.Connection.Reveal()),
        .. reading.Settings.Backends.Any(static backend => backend.Kind == DadlKind.Name) ? CredentialEnvironment.All(sources) : [],
        .. ProxyVariables.SelectMany(name => OfAddress(sources.Variable(name))),
        .. OfAddress(reading.Settings.DocumentationUrl.OriginalString),
    ];

    private static IEnumerable<string?> OfBackend(BackendSettings backend) =>
        [backend.Auth.Token?.Reveal(), backend.Auth.TokenSecret?.Reveal(), backend.Auth.Password?.Reveal(), .. backend.Auth.Keys?.Values.Select(static key => key.Reveal()) ?? [], .. OfAddress(backend.Proxy?.Reveal())];

    // Host=…;Password=….
    private static IEnumerable<string> OfWords(string? connection) => (connection ?? "").Split(';').Select(static word => word.Split('=', 2))
        .Where(static pair => pair.Length == 2 && pair[0].Trim().ToUpperInvariant() is "PASSWORD" or "PWD")
        .Select(static pair => pair[1].Trim().Trim('"', '\''));

    // Also of an address that is no address: what somebody meant to be a password is one.
    private static IEnumerable<string> OfAddress(string? address)
    {
        var start = address?.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        var end = address?.LastIndexOf('@') ?? -1;
        var colon = end > start ? address!.IndexOf(':', start, end - start) : -1;
        if (colon < 0)
        {
            return [];
        }

        var password = address![(colon + 1)..end];
        return [password, Uri.UnescapeDataString(password)];
    }
}
