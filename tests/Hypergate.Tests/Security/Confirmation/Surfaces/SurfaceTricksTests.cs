using System.Reflection;

namespace Hypergate.Tests.Security.Confirmation.Surfaces;

/// <summary>Suite S9: nine tricks on each of four surfaces. Nothing is written without consent that fits, and with it once.</summary>
[Trait("Suite", "S9")]
[Trait("Rule", "R-CONFIRM")]
[Trait("Aisvs", "10.2.5")]
[Trait("Mcp", "MCP06")]
public sealed class SurfaceTricksTests(SurfaceWorld world) : IClassFixture<SurfaceWorld>
{
    public static TheoryData<string> Surfaces => [.. SurfaceWorld.Names];

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(
        36, Surfaces.Count * typeof(SurfaceTricksTests).GetMethods().Count(static method => method.GetCustomAttribute<TheoryAttribute>() is not null));

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task Consent_is_used_once_and_a_replay_writes_nothing(string name)
    {
        var (surface, wish) = await NextAsync(name);
        var consent = await surface.AgreeAsync(wish);
        Assert.Empty(Writes(name, wish));

        var done = await surface.UseAsync(consent, wish, ConsentSurface.Asker);
        Assert.True(Writes(name, wish).Count == 1, done);
        await surface.UseAsync(consent, wish, ConsentSurface.Asker);

        Assert.Single(Writes(name, wish));
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task Consent_to_other_arguments_writes_nothing(string name)
    {
        var (surface, wish) = await NextAsync(name);
        var consent = await surface.AgreeAsync(wish);

        await surface.UseAsync(consent, wish with { Tag = "two" }, ConsentSurface.Asker);

        Assert.Empty(Writes(name, wish));
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task Consent_for_one_platform_writes_nothing_on_another(string name)
    {
        var (surface, wish) = await NextAsync(name);
        var other = wish with { Backend = "xo2", Vm = await world.OtherAsync(name) };
        var consent = await surface.AgreeAsync(wish);

        await surface.UseAsync(consent, other, ConsentSurface.Asker);

        Assert.Empty(Writes(name, wish));
        Assert.Empty(Writes(name, other));
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task Consent_of_another_caller_writes_nothing(string name)
    {
        var (surface, wish) = await NextAsync(name);
        var consent = await surface.AgreeAsync(wish);

        await surface.UseAsync(consent, wish, ConsentSurface.Mallory);

        Assert.Empty(Writes(name, wish));
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task Consent_that_has_ended_writes_nothing(string name)
    {
        var (surface, wish) = await NextAsync(name);
        var consent = await surface.AgreeAsync(wish);
        world.Time.Advance(surface.Lifetime);

        await surface.UseAsync(consent, wish, ConsentSurface.Asker);

        Assert.Empty(Writes(name, wish));
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task What_has_changed_since_it_was_shown_is_not_written(string name)
    {
        var (surface, wish) = await NextAsync(name);
        var consent = await surface.AgreeAsync(wish);
        world.Rename(name, wish.Vm);

        var said = await surface.UseAsync(consent, wish, ConsentSurface.Asker);

        Assert.Contains("has changed since", said, StringComparison.Ordinal);
        Assert.Empty(Writes(name, wish));
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task One_consent_is_not_enough_for_two(string name)
    {
        var (surface, first) = await NextAsync(name);
        var (_, second) = await NextAsync(name);

        await surface.BatchAsync(first, second);

        Assert.Single(Writes(name, first));
        Assert.Empty(Writes(name, second));
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task Where_nobody_can_be_asked_what_needs_a_person_is_not_written(string name)
    {
        var (surface, wish) = await NextAsync(name);

        var said = await surface.UnattendedAsync(wish with { Operation = "DeleteVm" });

        Assert.Contains("person", said, StringComparison.Ordinal);
        Assert.Empty(Writes(name, wish));
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task No_silence_and_words_of_approval_are_no_consent(string name)
    {
        var (surface, wish) = await NextAsync(name);

        await surface.DeclinedAsync(wish);

        Assert.Empty(Writes(name, wish));
    }

    private async Task<(ConsentSurface Surface, ChangeWish Wish)> NextAsync(string name) => (world.SurfaceOf(name), await world.NextAsync(name));

    private IReadOnlyList<string> Writes(string name, ChangeWish wish) => world.Writes(name, wish.Vm);
}
