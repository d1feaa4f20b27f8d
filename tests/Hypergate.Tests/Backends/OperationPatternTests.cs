using Hypergate.Backends;
using Hypergate.Model;

namespace Hypergate.Tests.Backends;

public class OperationPatternTests
{
    private static readonly Operation Sms = new()
    {
        Name = "GetSrs_sms",
        DeclaredName = "GetSrs",
        Domain = "sms",
        Title = "Get SMs",
        Method = "GET",
        Path = "/sms",
        Access = Access.Read,
    };

    [Theory]
    [InlineData("GetSrs_sms", true)]
    [InlineData("sms.GetSrs_sms", true)]
    [InlineData("sms.*", true)]
    [InlineData("*.GetSrs*", true)]
    [InlineData("Get*_sms", true)]
    [InlineData("*", true)]
    [InlineData("**_*s", true)]
    [InlineData("GetSrs", false)]
    [InlineData("getsrs_sms", false)]
    [InlineData("srs.*", false)]
    [InlineData("GetSrs_sm", false)]
    [InlineData("GetSrs_sms?", false)]
    [InlineData("", false)]
    public void A_pattern_means_the_exact_name_with_or_without_its_domain(string pattern, bool matches) =>
        Assert.Equal(matches, OperationPattern.Matches(pattern, Sms));

    [Theory]
    [InlineData("GetSrs")]
    [InlineData("sms.GetSrs")]
    [InlineData("Get*rs")]
    public void A_list_that_forbids_also_hits_the_name_that_operations_share(string pattern)
    {
        Assert.False(OperationPattern.Matches(pattern, Sms));
        Assert.True(OperationPattern.MatchesAnyName(pattern, Sms));
    }

    [Fact]
    public void Many_stars_do_not_take_long() =>
        Assert.False(OperationPattern.Matches(string.Concat(Enumerable.Repeat("*a", 90)) + "b", Sms with { Name = new string('a', 20_000) }));

    [Theory]
    [InlineData("DeleteVm", true)]
    [InlineData("vm-controllers.*", true)]
    [InlineData("", false)]
    [InlineData("Delete Vm", false)]
    [InlineData("a,b", false)]
    [InlineData("Löschen", false)]
    [InlineData("/vms/{id}/actions/*", true)]
    [InlineData("DELETE /vms/*", true)]
    [InlineData("delete /vms/*", false)]
    [InlineData("DELETE vms/*", false)]
    [InlineData("/vms/ {id}", false)]
    public void Only_names_and_stars_are_well_formed(string pattern, bool wellFormed) =>
        Assert.Equal(wellFormed, OperationPattern.IsWellFormed(pattern));

    [Fact]
    public void The_time_limit_of_an_operation_is_that_of_its_best_pattern()
    {
        var timeouts = new BackendSettingsTimeouts
        {
            RequestSeconds = 7,
            Operations = new Dictionary<string, int>(StringComparer.Ordinal) { ["*"] = 1, ["Get*_sms"] = 2, ["GetSrs_sms"] = 3, ["*_never"] = 4 },
        };

        Assert.Equal(3, timeouts.LimitFor(Sms).TotalSeconds);
        Assert.Equal(2, timeouts.LimitFor(Sms with { Name = "GetX_sms" }).TotalSeconds);
        Assert.Equal(1, timeouts.LimitFor(Sms with { Name = "StartVm" }).TotalSeconds);
        Assert.Equal(7, new BackendSettingsTimeouts { RequestSeconds = 7 }.LimitFor(Sms).TotalSeconds);
    }
}
