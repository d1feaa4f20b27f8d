using System.Net;
using System.Net.Sockets;
using Hypergate.Backends.Http;
using Hypergate.Tests.Backends.Http;
using Hypergate.Tests.Shared;

namespace Hypergate.Tests.Security.Destinations;

/// <summary>
/// Suite S3 over real sockets: a name whose answer changes between the look at it and the connection. 127.0.0.2 stands for the open internet,
/// 127.0.0.1 for what may not be reached; somebody listens at both, on one port.
/// </summary>
[Trait("Suite", "S3")]
[Trait("Rule", "R-DEST")]
[Trait("Aisvs", "10.1.2")]
[Trait("Mcp", "MCP09")]
public sealed class RebindingTests : IAsyncLifetime
{
    private static readonly IPAddress Open = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress Closed = IPAddress.Loopback;

    private readonly SocketServer _trap = new(static stream => AnswerAsync(stream));
    private readonly SocketServer _meant;
    private readonly Queue<IPAddress[]> _answers = [];
    private int _asked;

    public RebindingTests() => _meant = new(static stream => AnswerAsync(stream), new TcpListener(Open, _trap.Port));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _trap.DisposeAsync();
        await _meant.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_address_that_was_looked_at_is_the_one_that_is_connected_to(bool isStreamed)
    {
        Answer([Open], [Closed]);

        Assert.Null(await ProblemAsync(isStreamed, requests: 1));

        Assert.Equal((1, 0, 1), (_meant.Connections, _trap.Connections, _asked));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_further_connection_is_looked_at_anew(bool isStreamed)
    {
        Answer([Open], [Closed]);

        Assert.NotNull(await ProblemAsync(isStreamed, requests: 2));

        Assert.Equal((1, 0), (_meant.Connections, _trap.Connections));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_name_that_leads_to_both_leads_to_neither(bool isStreamed)
    {
        Answer([Open, Closed]);

        Assert.NotNull(await ProblemAsync(isStreamed, requests: 1));

        Assert.Equal((0, 0), (_meant.Connections, _trap.Connections));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_trap_would_see_who_is_allowed_to_go_there(bool isStreamed)
    {
        Answer([Closed]);

        Assert.Null(await ProblemAsync(isStreamed, requests: 1, static _ => true));

        Assert.Equal((0, 1), (_meant.Connections, _trap.Connections));
    }

    // Why the last of so many requests had no answer; null where it had one.
    private async Task<string?> ProblemAsync(bool isStreamed, int requests, Func<IPAddress, bool>? mayReach = null)
    {
        var address = new Uri($"http://rebinding.example:{_trap.Port}/x");
        var options = new BackendHttpOptions { Address = address, Words = XoWords.Value, MayReach = mayReach ?? (static to => !to.Equals(Closed)), Resolve = ResolveAsync };
        using var whole = new BackendHttp(options, TimeProvider.System);
        using var streamed = new StreamedHttp(options);
        string? problem = null;
        for (var request = 0; request < requests; request++)
        {
            Assert.Null(problem);
            problem = isStreamed ? await StreamAsync(streamed, address) : await whole.SendAsync(Request(address), TestContext.Current.CancellationToken) is TransportFailure failure ? failure.Text : null;
        }

        return problem;
    }

    private static async Task<string?> StreamAsync(StreamedHttp http, Uri address)
    {
        var (answer, failure) = await http.OpenAsync(Request(address), TestContext.Current.CancellationToken);
        answer?.Dispose();
        return failure?.Text;
    }

    private static HttpRequestSpec Request(Uri address) => new() { Address = address, Headers = [], MayRepeat = false };

    private void Answer(params IPAddress[][] answers) => Array.ForEach(answers, _answers.Enqueue);

    // As an attacker's own name server: the last answer stays.
    private Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        _asked++;
        return Task.FromResult(_answers.Count > 1 ? _answers.Dequeue() : _answers.Peek());
    }

    private static async Task AnswerAsync(NetworkStream stream)
    {
        var buffer = new byte[4096];
        Assert.NotEqual(0, await stream.ReadAtLeastAsync(buffer, 1));
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"u8.ToArray());
    }
}
