using Hypergate.Host.Mcp.Http;

namespace Hypergate.Tests.Host.Mcp.Http;

/// <summary>Suite S15: whoever sends too many wrong credentials is not listened to for as long.</summary>
[Trait("Suite", "S15")]
[Trait("Rule", "R-LIMIT")]
public sealed class WrongCredentialsTests
{
    private readonly ManualTime _time = new();
    private readonly WrongCredentials _wrong;

    public WrongCredentialsTests() => _wrong = new WrongCredentials(20, TimeSpan.FromSeconds(60), _time);

    [Fact]
    public void The_twentieth_within_a_minute_closes_the_door_for_a_minute_and_for_that_address_alone()
    {
        Send("a", 19);
        Assert.Null(_wrong.Wait("a"));
        _time.Advance(TimeSpan.FromSeconds(59));

        Send("a", 1);

        Assert.Equal(TimeSpan.FromSeconds(60), _wrong.Wait("a"));
        Assert.Null(_wrong.Wait("b"));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(TimeSpan.FromSeconds(1), _wrong.Wait("a"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_wrong.Wait("a"));
    }

    [Fact]
    public void After_a_minute_it_is_counted_anew()
    {
        Send("a", 19);
        _time.Advance(TimeSpan.FromSeconds(60));

        Send("a", 19);
        Assert.Null(_wrong.Wait("a"));

        Send("a", 1);
        Assert.NotNull(_wrong.Wait("a"));
    }

    [Fact]
    public void Many_addresses_take_no_more_memory_and_do_not_free_one_that_waits()
    {
        Send("guesser", 20);
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var other = 0; other < 9_999; other++)
        {
            Send($"other-{other}", 1);
        }

        Assert.NotNull(_wrong.Wait("guesser"));
    }

    private void Send(string address, int count)
    {
        for (var sent = 0; sent < count; sent++)
        {
            _wrong.Note(address);
        }
    }
}
