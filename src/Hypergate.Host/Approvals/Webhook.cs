using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Hypergate.Backends.Http;
using Hypergate.Governance.Confirmation.Approvals;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Approvals;

/// <summary>
/// Posts what happens to requests for approval, signed, in order, each tried three times. Never holds a call up: what does not fit the queue is
/// lost with a line in the log.
/// </summary>
internal sealed partial class ApprovalWebhook : IAsyncDisposable
{
    private const int MostWaiting = 1_000;
    private const int Tries = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly Channel<ApprovalNews> _queue = Channel.CreateBounded<ApprovalNews>(MostWaiting);
    private readonly WebhookSettings _settings;
    private readonly BackendHttp _http;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new(); // Guards the start of sending.
    private Task? _sending;

    public ApprovalWebhook(WebhookSettings settings, BackendHttp http, ILogger log, TimeProvider time) => (_settings, _http, _log, _time) = (settings, http, log, time);

    /// <summary>Returns at once.</summary>
    public void Send(ApprovalNews news)
    {
        if (!_queue.Writer.TryWrite(news))
        {
            NotSent(_log, news.Approval.Id, "too many wait");
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
        await foreach (var news in _queue.Reader.ReadAllAsync())
        {
            var problem = await SendAsync(news);
            for (var again = 1; again < Tries && problem is not null; again++)
            {
                await Task.Delay(Pause * again, _time, CancellationToken.None);
                problem = await SendAsync(news);
            }

            if (problem is not null)
            {
                NotSent(_log, news.Approval.Id, problem);
            }
        }
    }

    private async Task<string?> SendAsync(ApprovalNews news)
    {
        var body = Body(news);
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

    private static byte[] Body(ApprovalNews news)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("event", $"approval.{news.What}");
            writer.WriteString("by", news.By);
            writer.WritePropertyName("approval");
            ApprovalView.Write(writer, news.Approval, news.Approval.StateAt(news.Approval.Votes.Count == 0 ? news.Approval.Created : news.Approval.Votes[^1].At));
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    [LoggerMessage(1, LogLevel.Warning, "The webhook was not told of {Approval}: {Problem}")]
    private static partial void NotSent(ILogger logger, string approval, string problem);
}
