using Hypergate.Backends.Http;
using Hypergate.Host.Bridge;
using Hypergate.Host.Settings;
using Hypergate.Host.Settings.Yaml;
using Hypergate.Model;
using Hypergate.Results.Secrets;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate bridge</c>: a gateway that runs elsewhere, for clients that speak over standard input and output alone.</summary>
internal static class BridgeCommand
{
    public const string KeyVariable = "HYPERGATE_API_KEY";

    // What the bridge writes itself.
    private static readonly string[] Own = ["Accept", "Connection", "Content-Length", "Content-Type", "Host", "Last-Event-ID", "Transfer-Encoding"];

    public static async Task<int> RunAsync(BridgeWish wish, SettingsSources sources, Terminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        var options = Options(wish, sources);
        var log = new BridgeLog(terminal, new SecretScrubber([.. options.Headers.Select(static header => header.Value), .. options.Headers.Select(static header => header.Value.Split(' ')[^1])]));
        foreach (var warning in options.Http.Proxy.Warnings.Concat(options.Http.Warnings()))
        {
            log.Tell(warning);
        }

        using var client = new ClientPipe(Terminal.OpenInput(), Terminal.OpenOutput());
        using var relay = new Relay(options, client, log, time);
        await relay.RunAsync(cancellationToken);
        return ExitCode.Done;
    }

    /// <exception cref="SettingsException">Something is missing or wrong.</exception>
    public static BridgeOptions Options(BridgeWish wish, SettingsSources sources)
    {
        var tls = new TlsRules
        {
            CaFile = wish.Ca is { } ca ? sources.Absolute(ca, sources.WorkingFolder) : null,
            ExtraCaFile = wish is { Ca: null, Fingerprint: null } && sources.Variable("NODE_EXTRA_CA_CERTS") is { } extra ? sources.Absolute(extra, sources.WorkingFolder) : null,
            Pin = wish.Fingerprint is { } pin ? CertificatePin.TryRead(pin) ?? throw new SettingsException("--fingerprint must be a SHA-256 fingerprint: 32 pairs of hexadecimal digits, such as AB:CD:…") : null,
        };
        if (tls.CaFile is not null && tls.Problem() is { } problem)
        {
            throw new SettingsException($"--ca: {problem}");
        }

        if (wish.Proxy is { } proxy && AddressRules.ProblemOfProxy(proxy) is { } wrong)
        {
            throw new SettingsException($"--proxy {wrong}");
        }

        var http = new BackendHttpOptions
        {
            Address = Address(wish.Url),
            Words = new PlatformWords { Server = "gateway", AddressSetting = "--url", CaSetting = "--ca", FingerprintSetting = "--fingerprint" },
            Proxy = ProxyRules.Read(sources.Environment, wish.Proxy, ProxyRules.Option),
            Tls = tls,
        };
        return new(http, Headers(wish, sources));
    }

    private static Uri Address(string text)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host == "")
        {
            throw new SettingsException("--url must be the address of MCP at the gateway, such as https://gateway.example.com/mcp");
        }

        return url is { UserInfo: "", Fragment: "" }
            ? url
            : throw new SettingsException($"--url must not hold a user name, a password or a fragment; the credential comes by {KeyVariable}");
    }

    private static List<KeyValuePair<string, string>> Headers(BridgeWish wish, SettingsSources sources)
    {
        var references = new References(sources, sources.WorkingFolder);
        var headers = wish.Headers.Select(text => Header(text, references)).ToList();
        var key = wish.ApiKey is { } given ? Resolve(given, "--api-key", references) : new EnvironmentValues(sources).Find(KeyVariable);
        var own = headers.Count(static header => header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase) || header.Key.Equals("X-API-Key", StringComparison.OrdinalIgnoreCase));
        if (own + (key is null ? 0 : 1) > 1)
        {
            throw new SettingsException($"There is more than one credential; keep one of --api-key, {KeyVariable} and --header Authorization");
        }

        if (key is not null)
        {
            headers.Add(new("Authorization", $"Bearer {key.Trim()}"));
        }

        return headers.FirstOrDefault(static header => HeaderText.Problem(header.Value) is not null) is { Key: { } name, Value: var value }
            ? throw new SettingsException($"The value of the header {name} cannot be sent: {HeaderText.Problem(value)}")
            : headers;
    }

    private static KeyValuePair<string, string> Header(string text, References references)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon > 0 ? text[..colon].Trim() : "";
        if (name == "" || !name.All(static character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal)))
        {
            throw new SettingsException("--header takes 'Name: value'");
        }

        return Own.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("Mcp-", StringComparison.OrdinalIgnoreCase)
            ? throw new SettingsException($"--header cannot set {name}, which the bridge writes itself")
            : new(name, Resolve(text[(colon + 1)..].Trim(), $"--header {name}", references));
    }

    private static string Resolve(string text, string what, References references) =>
        references.Resolve(text) is { Problem: { } problem } ? throw new SettingsException($"{what} {problem}") : references.Resolve(text).Text;
}

/// <summary>What was asked for at the shell.</summary>
/// <param name="Url">Where MCP is.</param>
/// <param name="ApiKey">May be a reference: <c>${file:PATH}</c>.</param>
/// <param name="Headers">Each as <c>Name: value</c>.</param>
internal sealed record BridgeWish(string Url, string? ApiKey, string? Ca, string? Fingerprint, string? Proxy, IReadOnlyList<string> Headers);
