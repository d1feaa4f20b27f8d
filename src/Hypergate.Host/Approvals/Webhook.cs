using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Hypergate.Backends.Http;
using Hypergate.Governance.Confirmation.Approvals;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Approvals;

/// <summary>
/// Posts what people want to hear of, signed, in order, each tried three times. Never holds a call up: what does not fit the queue is
/// lost with a line in the log.
/// </summary>
internal sealed partial class Webhook : IAsyncDisposable
{
    private const int MostWaiting = 1_000;
    private const int Tries = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly Channel<Notice> _queue = Channel.CreateBounded<Notice>(MostWaiting);
    private readonly WebhookSettings _settings;
    private readonly BackendHttp _http;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new(); // Guards the start of sending.
    private Task? _sending;

    public Webhook(WebhookSettings settings, BackendHttp http, ILogger log, TimeProvider time) => (_settings, _http, _log, _time) = (settings, http, log, time);

    /// <summary>Returns at once.</summary>
    /// <param name="about">What it is about, for the log.</param>
    /// <param name="body">JSON.</param>
    public void Send(string about, byte[] body)
    {
        if (!_queue.Writer.TryWrite(new(about, body)))
        {
            NotSent(_log, about, "too many wait");
            return;
        }

        lock (_lock)
        {
            _sending ??= SendAllAsync();
        }
    }

    /// <summary>The signature of a body: HMAC-SHA256 of the moment, a dot, and the body.</summary>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] text = [.. Encoding.ASCII.GetBytes($"{timestamp}."), .. body];
        return $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), text))}";
    }

    /// <summary>Sends what waits, for a few seconds at most.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        if (_sending is { } sending)
        {
            await Task.WhenAny(sending, Task.Delay(LastWords, _time, CancellationToken.None));
        }

        _http.Dispose();
    }

    private async Task SendAllAsync()
    {
        await foreach (var (about, body) in _queue.Reader.ReadAllAsync())
        {
            var problem = await SendAsync(body);
            for (var again = 1; again < Tries && problem is not null; again++)
            {
                await Task.Delay(Pause * again, _time, CancellationToken.None);
                problem = await SendAsync(body);
            }

            if (problem is not null)
            {
                NotSent(_log, about, problem);
            }
        }
    }

    private async Task<string?> SendAsync(byte[] body)
    {
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        try
        {
            return await _http.SendAsync(
                new HttpRequestSpec
                {
                    Method = "POST",
                    Address = _settings.Url,
                    Body = body,
                    Headers = [new("X-Hypergate-Timestamp", timestamp), new("X-Hypergate-Signature", Sign(_settings.Secret.Reveal(), timestamp, body))],
                },
                CancellationToken.None) switch
            {
                HttpReply { IsSuccess: true } => null,
                HttpReply reply => $"the address answered {reply.Status}",
                TransportFailure failure => failure.Text,
                _ => "there is no answer",
            };
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or OperationCanceledException)
        {
            return exception.Message;
        }
    }

    private sealed record Notice(string About, byte[] Body);

    [LoggerMessage(1, LogLevel.Warning, "The webhook was not told of {About}: {Problem}")]
    private static partial void NotSent(ILogger logger, string about, string problem);
}
