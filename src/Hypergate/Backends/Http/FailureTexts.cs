using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Hypergate.Backends.Http;

/// <summary>Turns what went wrong on the way to a backend into a failure that tells what to check.</summary>
internal sealed class FailureTexts(BackendHttpOptions options)
{
    private const string Unknown = " It is not known whether the request took effect: look before repeating it.";

    private readonly PlatformWords _words = options.Words;

    private ProxyAddress? Proxy => options.Proxy.ProxyFor(options.Address);

    private string Server => $"{_words.Server} at {Origin.Text(options.Address)}{options.Address.AbsolutePath.TrimEnd('/')}";

    /// <summary>Null where the exception is none of the transport's, that is: a bug of ours.</summary>
    public TransportFailure? Read(HttpRequestSpec request, Exception exception) => exception switch
    {
        OperationCanceledException => NoConnectionInTime(),
        HttpRequestException failure => BeforeTheAnswer(request, failure),
        BodyRefusedException refused => Sent(request, refused.Kind, $"The answer of {Server} {refused.Message}."),
        InvalidDataException => Sent(request, FailureKind.Truncated,
            $"The answer of {Server} is broken: its compressed data cannot be read. Try again; if it stays, check proxies between."),
        IOException => Sent(request, FailureKind.Truncated,
            $"The answer of {Server} broke off before its end. Try again; if it stays, check the server's log and proxies between."),
        _ => null,
    };

    /// <summary>The time limit of the request ended.</summary>
    public TransportFailure TimedOut(HttpRequestSpec request, TimeSpan limit) => Sent(
        request,
        FailureKind.Timeout,
        $"Request to {_words.Server} timed out after {Milliseconds(limit)}ms. {Server} did not answer "
            + $"{request.Method} {request.Address.AbsolutePath} in time{Through(Proxy)}: check the network between this machine and "
            + $"the server and the server's load, or raise {_words.TimeLimitSetting}.");

    /// <summary>The proxy itself answered, and not with a way to the server.</summary>
    public TransportFailure RefusedByProxy(ProxyAddress proxy, int? status) => new(
        FailureKind.ProxyRefused,
        $"The proxy {proxy} refused the connection to {Server}{(status is null ? "" : $" with status {status}")}. "
            + (status == 407
                ? $"Check user and password in {proxy.Source} (http://user:password@host:port; only Basic authentication is supported)."
                : $"If the server can be reached without a proxy, {proxy.WayPast(options.Address.Host)}, else ask the proxy's administrator."));

    /// <summary>A redirect that leads to another origin, goes in circles, or answers a write.</summary>
    public TransportFailure NotFollowed(HttpRequestSpec request, Uri target, bool isCircle)
    {
        var why = (isCircle, Origin.Same(target, options.Address)) switch
        {
            (true, _) => "redirects in circles",
            (_, true) => $"redirects {request.Method} to {target.AbsolutePath}, which is followed for reads only",
            _ => $"redirects to {Origin.Text(target)}, which is not followed because the credential belongs to one server",
        };
        return new(FailureKind.Redirected, $"{Server} {why}. If the other address is right, put it into {_words.AddressSetting}.")
        {
            Location = target,
        };
    }

    private TransportFailure BeforeTheAnswer(HttpRequestSpec request, HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => NameUnknown(failure),
        HttpRequestError.ConnectionError => NoConnection(failure),
        HttpRequestError.SecureConnectionError => NotSecure(failure),
        HttpRequestError.ProxyTunnelError => RefusedByProxy(Proxy!, (int?)failure.StatusCode),
        HttpRequestError.ConfigurationLimitExceeded =>
            Sent(request, FailureKind.TooLarge, $"The head of the answer of {Server} is larger than it may be."),
        HttpRequestError.InvalidResponse => Sent(request, FailureKind.Malformed,
            $"What answers as {Server} does not speak HTTP. Check scheme (http or https) and port in {_words.AddressSetting}."),
        _ => NoAnswer(request),
    };

    // Not to be tried again: the handler has already done so with a read.
    private TransportFailure NoAnswer(HttpRequestSpec request)
    {
        var text = $"{Server} closed the connection without an answer{Through(Proxy)}. "
            + $"Check that the server is running, and scheme and port in {_words.AddressSetting}.";
        return Sent(request, FailureKind.Reset, text);
    }

    private TransportFailure NoConnectionInTime() => new(
        FailureKind.Timeout,
        $"Cannot connect to {Server}: no connection within {Milliseconds(options.ConnectTimeLimit)}ms{Through(Proxy)}. "
            + $"Check that the server is running, that no firewall is between, and that {_words.AddressSetting} is correct.")
    {
        MayPass = true,
    };

    private TransportFailure NameUnknown(HttpRequestException failure)
    {
        var text = Proxy is { } proxy
            ? $"Cannot connect to {Server}: the host name of the proxy {proxy} cannot be resolved. Check {proxy.Source}."
            : $"Cannot connect to {Server}: the host name {options.Address.Host} cannot be resolved. "
                + $"Check its spelling in {_words.AddressSetting}, and the DNS of this machine.";
        return new(FailureKind.Dns, text)
        {
            MayPass = failure.InnerException is SocketException { SocketErrorCode: SocketError.TryAgain },
        };
    }

    private TransportFailure NoConnection(HttpRequestException failure)
    {
        var why = (failure.InnerException as SocketException)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "connection refused",
            SocketError.HostUnreachable or SocketError.NetworkUnreachable => "there is no network route to it",
            SocketError.TimedOut => "no answer",
            { } other => other.ToString(),
            null => "the connection failed",
        };
        var text = Proxy is { } proxy
            ? $"Cannot connect to {Server}: the proxy {proxy} cannot be reached ({why}). Check {proxy.Source}; if the server can "
                + $"be reached without a proxy, {proxy.WayPast(options.Address.Host)}."
            : $"Cannot connect to {Server}. Verify the server is running and {_words.AddressSetting} is correct. ({why})";
        return new(FailureKind.Refused, text) { MayPass = true };
    }

    private TransportFailure NotSecure(HttpRequestException failure)
    {
        var text = failure.InnerException switch
        {
            CertificateRefusedException refused => $"{refused.Message}. Nothing was sent. If this is the right server, set "
                + $"{_words.CaSetting} to the file of its CA, or {_words.FingerprintSetting} after comparing it on the server itself.",
            AuthenticationException authentication => $"the TLS handshake failed ({authentication.InnerException?.Message ?? authentication.Message}). "
                + $"Check that the port speaks TLS (else {_words.AddressSetting} begins with http://).",
            _ => $"the connection ended within the TLS handshake. Check that the port speaks TLS, and the port in {_words.AddressSetting}.",
        };
        return new(FailureKind.Tls, $"Cannot connect to {Server}: {text}") { Fingerprint = (failure.InnerException as CertificateRefusedException)?.Fingerprint };
    }

    // The request may have reached the server, so a write may have been done.
    private static TransportFailure Sent(HttpRequestSpec request, FailureKind kind, string text) =>
        new(kind, request.IsRead ? text : text + Unknown);

    private static string Through(ProxyAddress? proxy) => proxy is null ? "" : $" through the proxy {proxy}";

    private static string Milliseconds(TimeSpan limit) => ((long)limit.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
