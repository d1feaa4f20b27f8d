using System.Net;
using System.Net.Sockets;
using Hypergate.Backends;
using Hypergate.Backends.Http;

namespace Hypergate.Host.Doctor;

/// <summary>The way to one platform, step by step: name, port, TLS, clock. Whether the login holds and what it may do, the check of connections tells.</summary>
internal sealed class BackendDiagnosis(Backend backend, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(60);

    private string Area => $"backend {backend.Name}";

    private BackendHttpOptions Http => backend.Options.Http;

    private string Advice => Http.Words.AddressSetting;

    /// <summary>Ends at the first step that fails; what comes behind it cannot be better.</summary>
    public async IAsyncEnumerable<Diagnosis> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        if (Http.Proxy.ProxyFor(Http.Address) is { } proxy)
        {
            if (await ReachAsync(proxy.Address.IdnHost, proxy.Address.Port, either.Token) is { } closed)
            {
                yield return Diagnosis.Wrong(Area, $"Its proxy {proxy} cannot be reached: {closed}", $"Check {proxy.Source}; if no proxy is needed, {proxy.WayPast(Http.Address.Host)}.");
                yield break;
            }

            yield return Diagnosis.Fine(Area, $"Its proxy {proxy} answers.");
        }
        else if (await ReachAsync(Http.Address.IdnHost, Http.Address.Port, either.Token) is { } problem)
        {
            yield return Diagnosis.Wrong(Area, $"{Http.Address.Authority} cannot be reached: {problem}", $"Check {Advice}, the DNS of this machine, firewalls between, and that the server runs.");
            yield break;
        }
        else
        {
            yield return Diagnosis.Fine(Area, $"{Http.Address.Authority} is found and accepts connections.");
        }

        foreach (var answer in await AskAsync(either.Token))
        {
            yield return answer;
        }
    }

    /// <summary>What stands against a connection; null where nothing does.</summary>
    public static async Task<string?> ReachAsync(string host, int port, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain ? $"the name {host} cannot be resolved." : $"port {port}: {exception.SocketErrorCode}.";
        }
        catch (OperationCanceledException)
        {
            return $"port {port}: no connection in time.";
        }
    }

    private async Task<IReadOnlyList<Diagnosis>> AskAsync(CancellationToken cancellationToken)
    {
        using var http = new StreamedHttp(Http);
        try
        {
            var (response, failure) = await http.OpenAsync(new HttpRequestSpec { Address = Http.Address }, cancellationToken);
            using (response)
            {
                return response is null && failure is not { Kind: FailureKind.Redirected }
                    ? [Diagnosis.Wrong(Area, failure!.Text, failure.Kind == FailureKind.Tls ? "Do what the text says; never skip verification." : $"Check {Advice}.")]
                    : [.. Tls(), .. response?.Headers.Date is { } there ? new[] { Clock(there) } : []];
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [Diagnosis.Wrong(Area, "It does not answer in time.", "Check the server's load.")];
        }
    }

    private IEnumerable<Diagnosis> Tls() => Http.Warnings() is { Count: > 0 } warnings
        ? warnings.Select(warning => Diagnosis.Warn(Area, warning, "Use https, with tls.ca or tls.fingerprint where the certificate is the server's own."))
        : [Diagnosis.Fine(Area, Http.Address.Scheme == "https" ? "Its certificate is good." : "It is on this machine; TLS is not needed.")];

    private Diagnosis Clock(DateTimeOffset there)
    {
        var skew = (there - time.GetUtcNow()).Duration();
        return skew <= MostSkew
            ? Diagnosis.Fine(Area, "Its clock and this machine's agree.")
            : Diagnosis.Warn(Area, $"Its clock differs from this machine's by {skew.TotalSeconds:0} seconds.", "Set up time synchronization (NTP) on both; tickets, tokens and time ranges go wrong otherwise.");
    }
}
