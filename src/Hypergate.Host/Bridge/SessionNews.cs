namespace Hypergate.Host.Bridge;

/// <summary>The stream on which a session tells what concerns no request. It is opened again whenever it ends.</summary>
internal sealed class SessionNews(RemoteEndpoint remote, RemoteSession session, Func<RpcMessage, Task> tell, TimeProvider time)
{
    private const int NotFound = 404;

    /// <summary>Runs until the bridge ends, or the server says that it has no such stream.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string? last = null;
        for (var failures = 0; ; failures++)
        {
            var state = session.State;
            using var answer = await remote.GetAsync([.. state.Headers, .. Resume(last)], cancellationToken);
            if (answer.IsSuccess && failures > 0 && last is null)
            {
                await TellNewsAsync();
            }

            if (answer is { IsSuccess: true, IsStream: true })
            {
                failures = 0;
                await RelayAsync(answer, cancellationToken);
                last = answer.LastEventId ?? last;
            }
            else if (answer.Status == NotFound)
            {
                last = null;
                if (!await session.RenewAsync(state, cancellationToken))
                {
                    return;
                }

                await TellNewsAsync();
            }
            else if (answer.Status is not (0 or 409 or 429 or >= 500))
            {
                return;
            }

            await Task.Delay(answer.Retry ?? RemoteEndpoint.Pause(failures), time, cancellationToken);
        }
    }

    private async Task RelayAsync(RemoteAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in answer.ReadAsync(cancellationToken))
            {
                await tell(message);
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // It is opened again.
        }
    }

    private async Task TellNewsAsync()
    {
        foreach (var news in session.News)
        {
            await tell(news);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Resume(string? last) => last is null ? [] : [new("Last-Event-ID", last)];
}
