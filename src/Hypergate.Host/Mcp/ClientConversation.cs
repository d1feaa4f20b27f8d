using System.Threading.Channels;
using Hypergate.Model;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp;

/// <summary>The way back to one client during one request. Disposing it sends what is still to be told.</summary>
internal sealed class ClientConversation : IAsyncDisposable
{
    private readonly RequestContext<CallToolRequestParams> _request;
    private readonly Channel<Progress>? _news;
    private readonly Task _sending = Task.CompletedTask;

    public ClientConversation(RequestContext<CallToolRequestParams> request)
    {
        _request = request;
        if (request.Params?.ProgressToken is { } token)
        {
            _news = Channel.CreateUnbounded<Progress>(new() { SingleReader = true });
            _sending = SendAsync(token, _news.Reader);
        }
    }

    public Conversation Conversation => new(
        news => _news?.Writer.TryWrite(news),
        Consent.CanAsk(_request.Server) ? AskAsync : null)
    {
        Brought = _request.Params?.RequestState,
    };

    public async ValueTask DisposeAsync()
    {
        _news?.Writer.TryComplete();
        await _sending;
    }

    private Task<Answer> AskAsync(Question question, CancellationToken cancellationToken) =>
        Consent.Read(_request.Params, question) is { } answer
            ? Task.FromResult(answer)
            : throw new AnswerAwaitedException(question);

    private async Task SendAsync(ProgressToken token, ChannelReader<Progress> news)
    {
        var last = 0f;
        await foreach (var item in news.ReadAllAsync())
        {
            // The protocol wants every value above the one before.
            last = Math.Max(last + 0.01f, (float)(item.Fraction ?? 0) * 100);
            try
            {
                await _request.Server.NotifyProgressAsync(
                    token,
                    new ProgressNotificationValue { Progress = last, Total = item.Fraction is null ? null : 100, Message = item.Message });
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
            {
                return; // The client has gone; the call ends by its cancellation.
            }
        }
    }
}
