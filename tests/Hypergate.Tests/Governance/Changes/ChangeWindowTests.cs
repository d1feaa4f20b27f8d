using System.Globalization;
using Hypergate.Governance.Changes;

namespace Hypergate.Tests.Governance.Changes;

public sealed class ChangeWindowTests
{
    [Theory]
    [InlineData("0 22 * * *", 120, "UTC", "2026-11-21T22:00Z", true)]
    [InlineData("0 22 * * *", 120, "UTC", "2026-11-21T23:59Z", true)]
    [InlineData("0 22 * * *", 120, "UTC", "2026-11-22T00:00Z", false)]
    [InlineData("0 22 * * *", 120, "UTC", "2026-11-21T21:59Z", false)]
    [InlineData("0 22 * * mon-fri", 120, "UTC", "2026-11-20T22:30Z", true)]
    [InlineData("0 22 * * mon-fri", 120, "UTC", "2026-11-21T22:30Z", false)]
    [InlineData("0 22 * * 7", 60, "UTC", "2026-11-22T22:30Z", true)]
    [InlineData("*/30 8-10 1,15 nov *", 10, "UTC", "2026-11-15T09:35Z", true)]
    [InlineData("*/30 8-10 1,15 nov *", 10, "UTC", "2026-11-15T09:45Z", false)]
    [InlineData("0 0 13 * fri", 60, "UTC", "2026-11-20T00:10Z", true)]
    [InlineData("0 0 */2 * fri", 60, "UTC", "2026-11-20T00:10Z", false)]
    [InlineData("0 0 */2 * fri", 60, "UTC", "2026-11-27T00:10Z", true)]
    [InlineData("0 0 */2 * fri", 60, "UTC", "2026-11-23T00:10Z", false)]
    [InlineData("0 0 * * sat-sun", 60, "UTC", "2026-11-22T00:10Z", true)]
    [InlineData("0 0 * * sat-sun", 60, "UTC", "2026-11-23T00:10Z", false)]
    [InlineData("0\t0  * * Fri-Sun", 60, "UTC", "2026-11-20T00:10Z", true)]
    [InlineData("0 0 * * sun-tue", 60, "UTC", "2026-11-24T00:10Z", true)]
    [InlineData("0 22 * * *", 60, "Europe/Berlin", "2026-11-21T21:30Z", true)]
    [InlineData("0 22 * * *", 60, "Europe/Berlin", "2026-07-21T20:30Z", true)]
    [InlineData("0 22 * * *", 60, "Europe/Berlin", "2026-07-21T21:30Z", false)]
    [InlineData("30 2 * * *", 60, "Europe/Berlin", "2026-03-29T01:10Z", true)]
    [InlineData("30 2 * * *", 60, "Europe/Berlin", "2026-10-25T00:40Z", true)]
    public void A_window_is_open_from_its_cron_for_its_minutes_in_its_zone(string cron, int minutes, string zone, string now, bool open)
    {
        var window = new ChangeWindow(new() { Name = "w", Cron = cron, Minutes = minutes, TimeZone = zone });

        Assert.Equal(open, window.IsOpen(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void It_tells_when_it_opens_next() => Assert.Equal(
        DateTimeOffset.Parse("2026-11-23T22:00Z", CultureInfo.InvariantCulture),
        new ChangeWindow(new() { Name = "w", Cron = "0 22 * * mon", Minutes = 5 }).NextAfter(DateTimeOffset.Parse("2026-11-21T10:00:30Z", CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 8")]
    [InlineData("5-1 * * * *")]
    [InlineData("* * * nov-feb *")]
    [InlineData("* * * * sat-mon")]
    [InlineData("*/0 * * * *")]
    [InlineData("1,,2 * * * *")]
    [InlineData("- * * * *")]
    [InlineData("mon * * * *")]
    public void What_is_no_cron_is_told(string text) => Assert.Null(CronPattern.TryRead(text));

    [Fact]
    public void What_is_not_known_of_an_object_fits_and_what_is_known_to_differ_does_not()
    {
        var window = new ChangeWindow(new() { Name = "w", Cron = "* * * * *", Minutes = 1, Tags = ["prod*"], Pools = ["p1"] });

        Assert.True(window.IsAbout(ChangedObject.Unknown));
        Assert.True(window.IsAbout(new(["p1", "x"], ["Production"])));
        Assert.False(window.IsAbout(new(["p2"], ["production"])));
        Assert.False(window.IsAbout(new(["p1"], [])));
    }
}
