using Hypergate.Host.Mcp.Http;

namespace Hypergate.Tests.Host.Mcp.Http;

[Trait("Suite", "S15")]
[Trait("Rule", "R-LIMIT")]
public sealed class BoundedNotesTests
{
    private const int Most = BoundedNotes<Note>.Most;

    private readonly BoundedNotes<Note> _notes = new(static note => note.IsOver, static note => note.Since);

    [Fact]
    public void Those_that_say_nothing_any_more_go_first()
    {
        for (var number = 0; number < Most; number++)
        {
            _notes.Keep($"{number}", new(number, IsOver: number % 2 == 1));
        }

        _notes.Keep("one more", new(Most, false));

        Assert.Equal((Most / 2) + 1, _notes.Count);
        Assert.NotNull(_notes.Find("0"));
        Assert.Null(_notes.Find("1"));
    }

    [Fact]
    public void Where_all_say_something_the_oldest_go_a_tenth_at_a_time()
    {
        for (var number = Most; number > 0; number--)
        {
            _notes.Keep($"{number}", new(number, false));
        }

        _notes.Keep("one more", new(Most + 1, false));

        Assert.Equal((Most * 9 / 10) + 1, _notes.Count);
        Assert.Null(_notes.Find("1"));
        Assert.Null(_notes.Find($"{Most / 10}"));
        Assert.NotNull(_notes.Find($"{(Most / 10) + 1}"));
    }

    [Fact]
    public void What_is_known_is_noted_anew_without_making_room()
    {
        for (var number = 0; number < Most; number++)
        {
            _notes.Keep($"{number}", new(number, true));
        }

        _notes.Keep("7", new(Most, false));

        Assert.Equal(Most, _notes.Count);
        Assert.Equal(Most, _notes.Find("7")!.Since);
    }

    private sealed record Note(long Since, bool IsOver);
}
