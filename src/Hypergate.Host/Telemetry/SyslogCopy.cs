using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Hypergate.Backends.Http;
using Hypergate.Governance.Audit;

namespace Hypergate.Host.Telemetry;

/// <summary>Sends lines as messages of syslog: a datagram each over UDP, else one after the other, each preceded by its length (RFC 6587, RFC 5425).</summary>
internal sealed class SyslogCopy(SyslogSettings settings, TimeProvider time) : IAuditCopy
{
    // What a datagram may hold, less the headers on the way.
    private const int LongestDatagram = 60_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SyslogMessage _message = new(settings.Facility);
    private readonly TlsRules _tls = new() { CaFile = settings.Ca };
    private readonly string _host = settings.Address.Host;
    private Socket? _socket;
    private Stream? _stream;

    public string Store => "syslog";

    public string Place => settings.Address.GetLeftPart(UriPartial.Authority);

    public async Task SendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await SendAsync(_message.Write(line), either.Token);
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException or CertificateRefusedException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            await CloseAsync();
            throw new IOException(exception is OperationCanceledException ? "it does not answer within 5 s." : exception.Message, exception);
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        if (settings.Address.Scheme == "udp")
        {
            _socket ??= await ConnectAsync(SocketType.Dgram, ProtocolType.Udp, cancellationToken);
            await _socket.SendAsync(message.AsMemory(0, Math.Min(message.Length, LongestDatagram)), cancellationToken);
            return;
        }

        var stream = await StreamAsync(cancellationToken);
        byte[] framed = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message.Length} ")), .. message];
        await stream.WriteAsync(framed, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    private async Task<Stream> StreamAsync(CancellationToken cancellationToken)
    {
        if (_stream is { } open && !IsClosedByPeer())
        {
            return open;
        }

        await CloseAsync();
        _socket = await ConnectAsync(SocketType.Stream, ProtocolType.Tcp, cancellationToken);
        var stream = new NetworkStream(_socket);
        if (settings.Address.Scheme != "tls")
        {
            return _stream = stream;
        }

        var secured = new SslStream(stream);
        _stream = secured;
        var options = _tls.OptionsFor(_host);
        options.TargetHost = _host;
        await secured.AuthenticateAsClientAsync(options, cancellationToken);
        return secured;
    }

    // A server that has gone says so by an end of what it sends, which is nothing else.
    private bool IsClosedByPeer() => _socket!.Poll(0, SelectMode.SelectRead) && _socket.Available == 0;

    private async Task<Socket> ConnectAsync(SocketType type, ProtocolType protocol, CancellationToken cancellationToken)
    {
        var socket = new Socket(type, protocol);
        try
        {
            await socket.ConnectAsync(_host, settings.Address.Port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task CloseAsync()
    {
        if (_stream is { } stream)
        {
            _stream = null;
            try
            {
                await stream.DisposeAsync();
            }
            catch (IOException)
            {
                // It was broken already.
            }
        }

        _socket?.Dispose();
        _socket = null;
    }
}
