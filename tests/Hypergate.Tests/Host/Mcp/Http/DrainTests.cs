using Hypergate.Host.Mcp.Http;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Tests.Host.Mcp.Http;

public sealed class DrainTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Where_nobody_asks_whether_requests_may_come_there_is_nobody_to_wait_for()
    {
        var drain = new Drain(TimeSpan.FromSeconds(2), _time);

        await drain.RunAsync();

        Assert.True(drain.HasBegun);
    }

    [Fact]
    public async Task Who_asked_is_given_the_time_to_hear_that_none_may()
    {
        var drain = new Drain(TimeSpan.FromSeconds(2), _time);
        drain.NoteQuestion();
        _time.Advance(TimeSpan.FromSeconds(30));

        var ending = drain.RunAsync();
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(ending.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await ending;
    }

    [Fact]
    public async Task Who_asked_long_ago_has_gone()
    {
        var drain = new Drain(TimeSpan.FromSeconds(2), _time);
        drain.NoteQuestion();
        _time.Advance(TimeSpan.FromSeconds(61));

        await drain.RunAsync();
    }

    [Theory]
    [InlineData("HTTP/1.1", "close")]
    [InlineData("HTTP/2", "")]
    public async Task Connections_end_with_their_answer_once_it_has_begun(string protocol, string expected)
    {
        var drain = new Drain(TimeSpan.Zero, _time);
        var (before, after) = (new DefaultHttpContext { Request = { Protocol = protocol } }, new DefaultHttpContext { Request = { Protocol = protocol } });

        drain.Close(before);
        await drain.RunAsync();
        drain.Close(after);

        Assert.Equal("", before.Response.Headers.Connection.ToString());
        Assert.Equal(expected, after.Response.Headers.Connection.ToString());
    }
}
