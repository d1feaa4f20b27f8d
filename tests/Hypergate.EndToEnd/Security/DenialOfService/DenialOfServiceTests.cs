using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.DenialOfService;

/// <summary>Suite S15: twelve attacks from three sides. Each comes to an end, takes little memory, and whoever else works is answered as before.</summary>
[Trait("Suite", "S15")]
[Trait("Rule", "R-LIMIT")]
[Trait("Aisvs", "10.4.5")]
[Trait("Mcp", "MCP05")]
[Collection(nameof(Alone))]
public sealed class DenialOfServiceTests(AttackedWorld world) : IClassFixture<AttackedWorld>
{
    // What deploy/kubernetes gives the program.
    private const int MostMegabytes = 768;
    private const string Outside = "without a key";
    private const string Inside = "with a key";
    private const string Platform = "from a platform";

    // Below this a call is slow because the machine is busy, not because it waited for somebody.
    private static readonly TimeSpan Noise = TimeSpan.FromMilliseconds(250);

    // Who comes without a key is refused, and soon by the address alone.
    private const string Refused = "^((401|429) ?)+$";

    /// <summary>The attacks, and how they end: for a client without a key, for one with a key, and the answer where a platform attacks.</summary>
    private static readonly (string Name, string Outside, string Inside, string Platform)[] Attacks =
    [
        ("big body", "^(401|429), closed$", "^413, closed$", "is larger than 64 MiB"),
        ("deep JSON", Refused, "^400$", "something that is not JSON"),
        ("many headers", "^431$", "^431$", "The head of the answer .* is larger than it may be"),
        ("slow headers", "^408$", "^408$", "timed out after 3000ms"),
        ("slow reader", "^closed$", "^closed$", "timed out after 3000ms"),
        ("gzip bomb", Refused, "^400$", "unpacks to more than 250 times its size"),
        ("endless paging", Refused, "^((refused|429) ?)+$", @"followed for 50 pages[\s\S]*asked 50 times$"),
        ("cyclic $ref", Refused, "^((refused|429) ?)+$", "good"),
        ("YAML aliases", Refused, "^415$", "The document has more than 4000000 parts"),
        ("catastrophic pattern", Refused, "^((refused|429) ?)+$", "could not be matched in time with the pattern"),
        ("jq loop", Refused, "^refused$", @"It ran for more than 2 s[\s\S]*The transform of flood failed"),
        ("session and stream flood", Refused, "^((200|429) ?)+$", "'api' is busy: 32 requests of this gateway are under way there"),
    ];

    public static TheoryData<string, string> Cases => [.. Attacks.SelectMany(static attack => new[] { Outside, Inside, Platform }.Select(side => (attack.Name, side)))];

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(36, Cases.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_attack_ends_and_costs_nobody_else_anything(string name, string side)
    {
        var attack = Attacks.Single(attack => attack.Name == name);
        _ = world.PeakMegabytes();

        var (end, others) = await world.MeanwhileAsync(() => side switch
        {
            Outside => new ClientAttacks(world, null).RunAsync(name),
            Inside => new ClientAttacks(world, world.Key).RunAsync(name),
            _ => new PlatformAttacks(world).RunAsync(name),
        });

        Assert.Matches(side switch { Outside => attack.Outside, Inside => attack.Inside, _ => attack.Platform }, end);

        // What else the machine has to do slows peace as well, and is no attack.
        var calm = others <= Bound(world.Calm) ? world.Calm : await world.CalmNowAsync();
        Assert.True(others <= Bound(calm), $"Others waited {others.TotalMilliseconds:0} ms, in peace {calm.TotalMilliseconds:0} ms.");
        Assert.InRange(world.PeakMegabytes(), 1, MostMegabytes);
    }

    private static TimeSpan Bound(TimeSpan calm) => 2 * calm > Noise ? 2 * calm : Noise;
}
