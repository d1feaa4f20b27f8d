using System.Collections.Concurrent;
using System.Net;

namespace Hypergate.EndToEnd.Deploy;

/// <summary>Clients that call one after another through the proxy, all in one session, until they are told to stop; and what came of each call.</summary>
internal sealed class SteadyCalls : IAsyncDisposable
{
    public const int Clients = 8;

    private readonly ConcurrentQueue<string> _failures = new();
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _answered = new(0);
    private readonly CaddyProxy _proxy;
    private readonly (string Key, string? Session) _caller;
    private readonly Task _calling;

    public SteadyCalls(CaddyProxy proxy, string key, string? session, int clients = Clients)
    {
        (_proxy, _caller) = (proxy, (key, session));
        _calling = Task.WhenAll(Enumerable.Range(0, clients).Select(_ => CallAsync()));
    }

    /// <summary>What those got that were not answered as they should be.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Waits until so many more have been answered.</summary>
    public async Task MoreAsync(int count)
    {
        while (_answered.Wait(0, CancellationToken.None))
        {
            // Those of before do not count.
        }

        for (var more = 0; more < count; more++)
        {
            Assert.True(await _answered.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken), $"No answer for a minute; before: {string.Join(", ", _failures)}");
        }
    }

    /// <summary>Lets those that run come to their end.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _calling;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _calling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        _answered.Dispose();
    }

    private async Task CallAsync()
    {
        await Task.Yield();
        while (!_end.IsCancellationRequested)
        {
            if (await ProblemAsync() is { } problem)
            {
                _failures.Enqueue(problem);
                continue;
            }

            _answered.Release();
        }
    }

    private async Task<string?> ProblemAsync()
    {
        try
        {
            var (status, _, body) = await _proxy.AskAsync(_caller.Key, _caller.Session, "tools/call", """{"name":"whoami","arguments":{}}""");
            return status == HttpStatusCode.OK && body.Contains("\"result\":{", StringComparison.Ordinal) ? null : $"{(int)status} {body}";
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
    }
}
