using System.Net;

namespace Hypergate.Backends.Http;

/// <summary>
/// Which requests go through which proxy: from the setting of a backend, else from <c>HTTP_PROXY</c>,
/// <c>HTTPS_PROXY</c> and <c>NO_PROXY</c> (the lower-case form wins where both are set).
/// </summary>
internal sealed class ProxyRules : IWebProxy, ICredentials
{
    /// <summary>The name of a backend's own setting, as messages call it.</summary>
    public const string Setting = "proxy";

    /// <summary>The same as an option at the shell.</summary>
    public const string Option = "--proxy";

    private readonly ProxyAddress? _forHttp;
    private readonly ProxyAddress? _forHttps;
    private readonly IReadOnlyList<ProxyBypass> _bypasses;

    private ProxyRules(
        ProxyAddress? forHttp, ProxyAddress? forHttps, IReadOnlyList<ProxyBypass> bypasses, IReadOnlyList<string> warnings) =>
        (_forHttp, _forHttps, _bypasses, Warnings) = (forHttp, forHttps, bypasses, warnings);

    /// <summary>No proxy for anything.</summary>
    public static ProxyRules Direct { get; } = new(null, null, [], []);

    /// <summary>What the operator should hear at the start. Never holds a credential.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>False where every connection is direct.</summary>
    public bool Any => _forHttp is not null || _forHttps is not null;

    /// <inheritdoc/>
    ICredentials? IWebProxy.Credentials
    {
        get => this;
        set => throw new NotSupportedException("Credentials come with the proxy's address.");
    }

    /// <summary>Reads the rules. What cannot be read is reported in <see cref="Warnings"/> and left out.</summary>
    /// <param name="environment">Environment variables by name.</param>
    /// <param name="setting">The backend's own: an address for all its requests, or <c>none</c>; null asks the environment.</param>
    /// <param name="name">What messages call it: <see cref="Setting"/> or <see cref="Option"/>.</param>
    public static ProxyRules Read(IReadOnlyDictionary<string, string> environment, string? setting = null, string name = Setting)
    {
        if (!string.IsNullOrWhiteSpace(setting))
        {
            return setting.Trim().Equals("none", StringComparison.OrdinalIgnoreCase) ? Direct : FromSetting(name, setting);
        }

        List<string> warnings = [];
        var http = Variable(environment, "HTTP_PROXY");
        var https = Variable(environment, "HTTPS_PROXY");
        var none = Variable(environment, "NO_PROXY");
        if (http is null && https is null)
        {
            return none is null ? Direct : new(null, null, [], ["NO_PROXY is set without HTTP_PROXY or HTTPS_PROXY: it does nothing."]);
        }

        return new(Proxy(http, warnings), Proxy(https, warnings), Bypasses(none, warnings), warnings);
    }

    /// <summary>The proxy on the way to an address; null where the connection is direct.</summary>
    public ProxyAddress? ProxyFor(Uri destination)
    {
        var proxy = destination.Scheme switch { "http" => _forHttp, "https" => _forHttps, _ => null };
        return proxy is null || _bypasses.Any(bypass => bypass.Covers(destination)) ? null : proxy;
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => ProxyFor(destination)?.Address;

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => ProxyFor(host) is null;

    /// <summary>Only for Basic: proxies that want NTLM or Kerberos need a relay such as cntlm.</summary>
    public NetworkCredential? GetCredential(Uri uri, string authType)
    {
        if (!authType.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return CredentialAt(_forHttps) ?? CredentialAt(_forHttp);

        NetworkCredential? CredentialAt(ProxyAddress? proxy) => proxy?.Address == uri ? proxy.Credential : null;
    }

    private static ProxyRules FromSetting(string name, string setting)
    {
        List<string> warnings = [];
        var proxy = Proxy((name, setting), warnings);
        return new(proxy, proxy, [], warnings);
    }

    private static (string Name, string Value)? Variable(IReadOnlyDictionary<string, string> environment, string name)
    {
        foreach (var spelling in (ReadOnlySpan<string>)[name.ToLowerInvariant(), name])
        {
            if (environment.TryGetValue(spelling, out var value) && !string.IsNullOrWhiteSpace(value))
            {
                return (spelling, value);
            }
        }

        return null;
    }

    private static ProxyAddress? Proxy((string Name, string Value)? variable, List<string> warnings)
    {
        if (variable is not var (name, value))
        {
            return null;
        }

        var proxy = ProxyAddress.TryRead(value, name);
        if (proxy is null)
        {
            warnings.Add($"{name} is not a proxy address (http://HOST:PORT, where it wants a login with USER:PASSWORD and an @ before HOST, special characters of the "
                + "password percent-encoded): it is ignored and connections go direct.");
        }

        return proxy;
    }

    private static List<ProxyBypass> Bypasses((string Name, string Value)? variable, List<string> warnings)
    {
        List<ProxyBypass> bypasses = [];
        foreach (var entry in variable?.Value.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (ProxyBypass.TryRead(entry) is { } bypass)
            {
                bypasses.Add(bypass);
            }
            else
            {
                warnings.Add($"{variable!.Value.Name}: the entry '{entry}' is neither a host, a suffix nor a range, and is ignored.");
            }
        }

        return bypasses;
    }
}
