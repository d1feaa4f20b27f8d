using Hypergate.Host.Authentication;
using Hypergate.Host.Cli;

namespace Hypergate.Tests.Host.Cli;

public sealed class KeyPageTests
{
    [Fact]
    public void A_key_is_shown_with_all_but_its_secret()
    {
        var now = new DateTimeOffset(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);
        var key = new ApiKey
        {
            Id = "ab12cd34",
            Name = "anna",
            Hash = "d00f",
            Roles = ["web", "viewer"],
            Backends = ["xo"],
            Surfaces = ["fleet", "query"],
            WritesPerMinute = 0,
            Networks = ["10.1.0.0/16"],
            ReadOnly = true,
            RequestsPerSecond = 5,
            Credentials = new Dictionary<string, string>(StringComparer.Ordinal) { ["xo"] = "secret:anna-xo" },
            Created = now - TimeSpan.FromDays(88),
            CreatedBy = "root",
            Expires = now + TimeSpan.FromDays(2),
        };

        var page = KeyPage.Of(key, now);

        Assert.Equal(
            """
            id           ab12cd34
            name         anna
            caller       key:anna
            state        valid, but not for long: hypergate keys rotate anna
            roles        web, viewer
            read only    yes
            backends     xo
            surfaces     fleet, query
            networks     10.1.0.0/16
            limits       5/s, 0 changes/min
            credentials  xo=secret:anna-xo
            created      2026-08-25 03:00 UTC by root
            expires      2026-11-23 03:00 UTC
            last used    never
            """,
            page);
        Assert.DoesNotContain("d00f", page, StringComparison.Ordinal);
    }
}
