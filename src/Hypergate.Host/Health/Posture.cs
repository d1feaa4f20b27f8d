using System.Globalization;
using Hypergate.Governance;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Authentication;
using Hypergate.Host.Composition;
using Hypergate.Host.Mcp.Http;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Results;

namespace Hypergate.Host.Health;

/// <summary>How a served gateway stands, a line for each thing: what an operator would otherwise gather from settings, keys and the command line.</summary>
/// <param name="live">The gateway at its start.</param>
/// <param name="listen">Where it listens.</param>
/// <param name="wish">What the command line allows.</param>
/// <param name="signIn">Whether anybody comes in without a credential.</param>
internal sealed class Posture(LiveGateway live, ListenAddress listen, ServeWish wish, RequestSignIn signIn)
{
    private readonly GatewaySettings _settings = live.Settings;

    /// <param name="scripts">What runs scripts, and which walls are up; null where nothing needs them.</param>
    /// <param name="now">For keys that have ended.</param>
    public IEnumerable<string> Lines(string? scripts, DateTimeOffset now) =>
        new (string What, string How)[]
        {
            ("listens", $"{listen}, {(listen.IsLoopback ? "for this machine alone" : "for other machines too")}, {(_settings.Http.Tls.Certificate is null ? "without TLS" : "with TLS")}"),
            ("signs in", $"{Schemes(now)}; {(signIn.IsRequired ? "nobody without" : "who has none looks (viewer)")}"),
            ("read only", ReadOnly()),
            ("roles", $"{Words(RolesThatReach(Access.Dangerous))} reach what destroys; {Words(RolesThatReach(Access.Admin))} what administers"),
            ("consent", Consent(_settings.Policy.Confirmation)),
            ("audit", Audit()),
            ("scripts", scripts ?? "none run"),
            ("proxies", _settings.Http.TrustedProxies.Count == 0 ? "none is trusted" : $"{Words(_settings.Http.TrustedProxies)} tell where requests come from"),
            ("insecure", Words([.. Insecure()], "nothing is switched off")),
        }.Select(line => LogText.Line($"{line.What,-10} {line.How}", live.Gateway.Parts.Scrubber));

    private string Schemes(DateTimeOffset now) => Words(
    [
        .. Keys(now) is { Length: > 0 } keys ? [keys] : Array.Empty<string>(),
        .. signIn.HasEnvironmentKey ? [$"the key of {EnvironmentKey.Variable}"] : Array.Empty<string>(),
        .. _settings.Authentication.Oauth is { } oauth ? oauth.Issuers.Select(static issuer => $"tokens of {issuer.Issuer}") : [],
    ], "there is no credential yet");

    private string Keys(DateTimeOffset now)
    {
        try
        {
            var count = live.Stores.Keys.Read().Count(key => key.IsValid(now));
            return count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{count} API key{(count == 1 ? "" : "s")}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "API keys, which cannot be read at present";
        }
    }

    private string ReadOnly()
    {
        var only = _settings.Backends.Where(static backend => !backend.Actions).Select(static backend => backend.Name).ToList();
        return _settings.ReadOnly ? "all of it (readOnly)" : only.Count == 0 ? "nothing" : $"{Words(only)} (actions: false)";
    }

    private List<string> RolesThatReach(Access access)
    {
        var book = live.Gateway.Parts.Roles;
        return [.. book.Names.Where(name => _settings.Backends.Any(backend => book.Of(new Audience(name, null)).Highest(backend.Name, backend.Kind) is { } highest && highest >= access))];
    }

    private static string Consent(ConfirmationSettings consent) =>
        $"write {Word(consent.Write)}, admin {Word(consent.Admin)}, dangerous {Word(consent.Dangerous)}{(consent.DangerousByToken ? ", by token where a client cannot ask" : "")}"
        + (consent.Unconfirmed.Count > 0 ? $"; nobody is asked for {Words(consent.Unconfirmed)}" : "");

    private static string Word(ConsentRule rule) => rule == ConsentRule.FourEyes ? "four-eyes" : rule.ToString().ToLowerInvariant();

    private string Audit() => !_settings.Audit.Enabled ? "OFF: nothing can be changed"
        : string.Create(CultureInfo.InvariantCulture, $"{(_settings.State == StateKind.Postgres ? live.Stores.Trail.Place : live.Gateway.Parts.AuditFolder)}, {(_settings.Audit.RetentionDays == 0 ? "kept" : $"{_settings.Audit.RetentionDays} days")}")
            + (_settings.Audit.Syslog is { } syslog ? $", copies to {syslog.Address.GetLeftPart(UriPartial.Authority)}" : "") + (_settings.Audit.Otlp ? ", copies by OTLP" : "");

    private IEnumerable<string> Insecure() =>
    [
        .. _settings.Backends.Where(static backend => backend.DangerouslySkipTlsVerification).Select(static backend => $"the certificate of {backend.Name} is not verified (dangerously_skip_tls_verification)"),
        .. !listen.IsLoopback && wish.AllowNoTls && _settings.Http.Tls.Certificate is null ? [$"clear text beyond this machine ({BindingRules.NoTls})"] : Array.Empty<string>(),
        .. !listen.IsLoopback && wish.AllowNoAuthentication && !signIn.IsRequired ? [$"no credential beyond this machine ({BindingRules.NoAuthentication})"] : Array.Empty<string>(),
        .. _settings.Authentication.Oauth?.Issuers.Where(static issuer => issuer.DangerouslyAllowLoopback).Select(static issuer => $"{issuer.Issuer} may be on this machine in clear text (dangerously_allow_loopback)") ?? [],
        .. _settings.Http.KeyInPath ? ["keys in addresses (http.keyInPath)"] : Array.Empty<string>(),
    ];

    private static string Words(IReadOnlyCollection<string> words, string none = "nobody") => words.Count == 0 ? none : string.Join(", ", words);
}
