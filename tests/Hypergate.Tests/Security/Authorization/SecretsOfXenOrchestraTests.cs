using Hypergate.Governance.Authorization;

namespace Hypergate.Tests.Security.Authorization;

/// <summary>Suite S10: the right to secrets is one for all kinds of platforms and all surfaces.</summary>
[Trait("Suite", "S10")]
public sealed class SecretsOfXenOrchestraTests
{
    private static readonly RoleSettings Reader = new() { Allow = [new() { Access = new(["read", "admin"]) }] };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task User_info_of_addresses_and_hashes_are_hidden_without_the_right(bool hasRight)
    {
        await using var world = await RoleWorld.StartAsync(Reader with { Secrets = hasRight ? ["*"] : [] });
        world.Gateway.Xo.World.Write(() =>
        {
            var user = world.Gateway.Xo.World["users"].All.First()["id"]!.GetValue<string>();
            world.Gateway.Xo.World["users"].Change(user, static row => row["pw_hash"] = "argon2-0123456789abcdef");
            return true;
        });

        var users = await world.TextAsync("users_query", """{"operation":"GetUsers","fields":"*"}""");

        Assert.Equal(hasRight, users.Contains("argon2-0123456789abcdef", StringComparison.Ordinal));
        Assert.Equal(!hasRight, users.Contains("[REDACTED]", StringComparison.Ordinal));
    }
}
