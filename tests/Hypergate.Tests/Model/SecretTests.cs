using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Tests.Model;

public class SecretTests
{
    private static readonly Secret Password = new("swordfish");

    [Fact]
    public void It_shows_itself_only_to_those_who_ask()
    {
        Assert.Equal("swordfish", Password.Reveal());
        Assert.Equal("***", Password.ToString());
        Assert.Equal("a *** b", $"a {Password} b");
        Assert.DoesNotContain("swordfish", new Holder(Password).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", JsonSerializer.Serialize(new Holder(Password)), StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_values_are_equal_secrets()
    {
        Assert.Equal(Password, new Secret("swordfish"));
        Assert.Equal(Password.GetHashCode(), new Secret("swordfish").GetHashCode());
        Assert.NotEqual(Password, new Secret("swordfist"));
        Assert.NotEqual(Password, new Secret("sword"));
        Assert.False(Password.Equals(null));
    }

    private sealed record Holder(Secret Value);
}
