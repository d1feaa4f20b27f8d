using Hypergate.Governance;
using Hypergate.Model;

namespace Hypergate.Tests.Governance;

public class PolicySettingsTests
{
    [Theory]
    [InlineData(Access.Read, false)]
    [InlineData(Access.Write, true)]
    [InlineData(Access.Admin, true)]
    [InlineData(Access.Dangerous, true)]
    public void By_default_everything_that_changes_something_asks(Access access, bool asks) =>
        Assert.Equal(asks, new PolicySettings().NeedsConfirmation(Named("PutVmTag", access)));

    [Fact]
    public void Patterns_relax_the_class_write_and_no_other()
    {
        var policy = new PolicySettings { Confirmation = new() { Unconfirmed = ["vms.Put*", "*"] } };

        Assert.False(policy.NeedsConfirmation(Named("PutVmTag", Access.Write)));
        Assert.True(policy.NeedsConfirmation(Named("PutVmTag", Access.Admin)));
        Assert.True(policy.NeedsConfirmation(Named("PutVmTag", Access.Dangerous)));
    }

    [Fact]
    public void A_class_that_nobody_knows_asks() => Assert.True(new PolicySettings
    {
        Confirmation = new() { Write = ConsentRule.None },
    }.NeedsConfirmation(Named("PutVmTag", (Access)99)));

    [Fact]
    public void The_whole_class_write_can_be_relaxed()
    {
        var policy = new PolicySettings { Confirmation = new() { Write = ConsentRule.None } };

        Assert.False(policy.NeedsConfirmation(Named("StartVm", Access.Write)));
        Assert.True(policy.NeedsConfirmation(Named("DeleteVm", Access.Dangerous)));
    }

    private static Operation Named(string name, Access access) => new()
    {
        Name = name,
        DeclaredName = name,
        Domain = "vms",
        Title = name,
        Method = "PUT",
        Path = "/vms",
        Access = access,
    };
}
