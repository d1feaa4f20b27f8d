using Hypergate.Scripting;

namespace Hypergate.Tests.Scripting;

/// <summary>Who gets a worker, and which run makes room. Nothing is started here: whoever is granted null would start one.</summary>
public sealed class PoolLedgerTests
{
    private readonly ManualTime _time = new();
    private readonly PoolLedger _ledger;

    public PoolLedgerTests() => _ledger = new(2, static _ => Assert.Fail("No worker exists."), _time);

    [Fact]
    public void There_are_as_many_workers_as_are_allowed_and_one_more_for_what_scripts_wait_for()
    {
        var scripts = Enumerable.Range(0, 3).Select(number => Wait($"caller {number}", PoolWork.Script)).ToList();
        var (composite, jq) = (Wait("a", PoolWork.Composite), Wait("a", PoolWork.Transform));

        Assert.Equal([true, true, false], scripts.Select(IsGranted));
        Assert.True(IsGranted(composite));
        Assert.True(IsGranted(jq));
        Assert.Equal(new PoolCounts(4, 0, 0, 0), _ledger.Counts);
    }

    [Fact]
    public void Workers_are_counted_by_state()
    {
        var (first, second) = (Wait("a", PoolWork.Script), Wait("b", PoolWork.Script));
        Assert.True(IsGranted(first) && IsGranted(second));
        _ledger.Arrived();
        Assert.Equal(new PoolCounts(1, 0, 1, 0), _ledger.Counts);
        _ledger.Pause(first, static () => null);
        Assert.Equal(new PoolCounts(1, 0, 0, 1), _ledger.Counts);
        _ledger.Resume(first);
        _ledger.End(first, null);
        Assert.Equal(new PoolCounts(1, 0, 0, 0), _ledger.Counts);
    }

    [Fact]
    public void A_run_that_waits_for_a_person_gives_its_place_to_another()
    {
        var running = new[] { Wait("a", PoolWork.Script), Wait("b", PoolWork.Script) };
        var next = Wait("c", PoolWork.Script);
        Assert.False(IsGranted(next));

        _ledger.Pause(running[0], static () => null);
        _ledger.Serve();

        Assert.True(IsGranted(next));
    }

    [Fact]
    public void Beyond_four_that_wait_one_makes_room_for_each_that_lacks_a_worker_and_no_more()
    {
        var (paused, asked) = (Paused(6), 0);
        PoolTurn? MakeRoom() => paused[asked++];
        _ledger.Pause(paused[5], MakeRoom);

        var first = Wait("x", PoolWork.Script);
        _ledger.Serve();
        Assert.Equal((false, 1), (IsGranted(first), asked));

        var second = Wait("y", PoolWork.Script);
        _ledger.Serve();
        Assert.Equal((false, 2), (IsGranted(second), asked));

        // Only four are left: the third waits until somebody is done.
        var third = Wait("z", PoolWork.Script);
        Assert.Equal(2, asked);

        // Who leaves resumes as it ends, and gives its worker back.
        foreach (var leaving in paused.Take(2))
        {
            _ledger.Resume(leaving);
            _ledger.End(leaving, null);
            _ledger.Serve();
        }

        Assert.Equal((true, true, false, 2), (IsGranted(first), IsGranted(second), IsGranted(third), asked));
    }

    [Fact]
    public void Where_nobody_can_make_room_nobody_is_asked_again_at_once()
    {
        var (paused, asked) = (Paused(6), 0);
        _ledger.Pause(paused[5], () =>
        {
            asked++;
            return null;
        });

        var waiting = Wait("x", PoolWork.Script);

        Assert.False(IsGranted(waiting));
        Assert.Equal(1, asked);
    }

    [Fact]
    public void A_run_that_ends_inside_the_question_who_makes_room_is_no_trouble()
    {
        var paused = Paused(6);
        var asked = 0;
        _ledger.Pause(paused[5], () =>
        {
            var leaving = paused[asked++];
            _ledger.Resume(leaving);
            _ledger.End(leaving, null);
            _ledger.Serve();
            return leaving;
        });

        var waiting = Wait("x", PoolWork.Script);

        Assert.Equal((true, 1), (IsGranted(waiting), asked));
    }

    [Fact]
    public void The_seventeenth_that_waits_is_turned_away_and_a_place_that_is_left_is_free()
    {
        var running = new[] { Wait("a", PoolWork.Script), Wait("b", PoolWork.Script) };
        var waiting = Enumerable.Range(0, 16).Select(number => new PoolTurn($"c{number}", PoolWork.Script)).ToList();
        Assert.All(waiting, turn => Assert.True(_ledger.TryWait(turn)));

        Assert.False(_ledger.TryWait(new("late", PoolWork.Script)));
        _ledger.Leave(waiting[3]);
        Assert.True(_ledger.TryWait(new("late", PoolWork.Script)));
        Assert.All(running, static turn => Assert.True(IsGranted(turn)));
    }

    [Fact]
    public void Once_closed_it_expects_no_worker()
    {
        Assert.True(_ledger.TryExpect());
        _ledger.Arrived(null);
        Assert.True(_ledger.IsBare);
        _ledger.Close();

        Assert.False(_ledger.TryExpect());
        Assert.False(_ledger.IsBare);
    }

    // Runs of different callers that wait for a person; the last one is still at work.
    private List<PoolTurn> Paused(int count)
    {
        var turns = new List<PoolTurn>();
        for (var number = 0; number < count; number++)
        {
            turns.Add(Wait($"p{number}", PoolWork.Script));
            Assert.True(IsGranted(turns[^1]), $"{number}");
            _ledger.Arrived();
            if (number < count - 1)
            {
                _ledger.Pause(turns[^1], static () => null);
            }
        }

        return turns;
    }

    private PoolTurn Wait(string caller, PoolWork work)
    {
        var turn = new PoolTurn(caller, work);
        Assert.True(_ledger.TryWait(turn));
        _ledger.Serve();
        return turn;
    }

    private static bool IsGranted(PoolTurn turn) => turn.Granted.Task.IsCompletedSuccessfully;
}
