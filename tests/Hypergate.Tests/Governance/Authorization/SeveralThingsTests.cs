using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Tests.Governance.Authorization;

/// <summary>Arguments that name several things: what allows asks all of them, what forbids any.</summary>
[Trait("Suite", "S10")]
[Trait("Rule", "R-SAME")]
public sealed class SeveralThingsTests
{
    [Theory]
    [InlineData("""{"networks":["lan"]}""", nameof(Fit.Yes), nameof(Fit.Yes))]
    [InlineData("""{"networks":["lan","dmz"]}""", nameof(Fit.No), nameof(Fit.Yes))]
    [InlineData("""{"networks":["dmz","wan"]}""", nameof(Fit.No), nameof(Fit.No))]
    [InlineData("""{"networks":[["lan"],"lan"]}""", nameof(Fit.Yes), nameof(Fit.Yes))]
    [InlineData("""{"networks":[]}""", nameof(Fit.No), nameof(Fit.No))]
    [InlineData("""{"networks":null}""", nameof(Fit.No), nameof(Fit.No))]
    [InlineData("{}", nameof(Fit.No), nameof(Fit.No))]
    public void Each_item_of_a_list_counts(string arguments, string allowing, string forbidding) =>
        AssertFits(new("args.networks", new() { OneOf = ["lan"] }), arguments, allowing, forbidding);

    [Theory]
    [InlineData("""{"body":{"vifs":[{"mtu":1500},{"mtu":1400}]}}""", nameof(Fit.Yes), nameof(Fit.Yes))]
    [InlineData("""{"body":{"vifs":[{"mtu":1500},{"mtu":9000}]}}""", nameof(Fit.No), nameof(Fit.Yes))]
    [InlineData("""{"body":{"vifs":[{"mtu":9000},{}]}}""", nameof(Fit.No), nameof(Fit.No))]
    public void A_path_leads_through_lists(string arguments, string allowing, string forbidding) =>
        AssertFits(new("args.body.vifs.mtu", new() { LessThan = 2000 }), arguments, allowing, forbidding);

    [Fact]
    public void Each_object_that_an_argument_names_counts_and_one_of_which_nothing_is_known_never_allows()
    {
        var condition = new Condition("ref.vms.tags", new() { OneOf = ["web"] });
        static ObjectFacts Vm(params string[] tags) => new() { Type = "VM", Id = "v", Tags = tags };

        Assert.Equal((Fit.Yes, Fit.Yes), Fits(condition, "{}", Vm("web", "x"), Vm("y", "web")));
        Assert.Equal((Fit.No, Fit.Yes), Fits(condition, "{}", Vm("web"), Vm()));
        Assert.Equal((Fit.Maybe, Fit.Yes), Fits(condition, "{}", Vm("web"), null));
        Assert.Equal((Fit.No, Fit.Maybe), Fits(condition, "{}", Vm(), null));
        Assert.Equal((Fit.Maybe, Fit.Maybe), Fits(condition, "{}", [null]));
    }

    private static void AssertFits(Condition condition, string arguments, string allowing, string forbidding)
    {
        var fits = Fits(condition, arguments);
        Assert.Equal((allowing, forbidding), (fits.Allowing.ToString(), fits.Forbidding.ToString()));
    }

    private static (Fit Allowing, Fit Forbidding) Fits(Condition condition, string arguments, params ObjectFacts?[] named)
    {
        var values = new CallValues
        {
            Call = new()
            {
                Caller = Caller.LocalUser,
                Backend = "xo",
                Operation = new() { Name = "o", DeclaredName = "o", Title = "O", Domain = "d", Method = "POST", Path = "/o", Access = Access.Write },
                Arguments = JsonElement.Parse(arguments),
                Tool = "test",
            },
            Now = DateTimeOffset.UnixEpoch,
            References = named.Length == 0 ? new Dictionary<string, IReadOnlyList<ObjectFacts?>>(StringComparer.Ordinal) : new(StringComparer.Ordinal) { ["vms"] = named },
        };
        return (condition.Test(values.Find, forbids: false), condition.Test(values.Find, forbids: true));
    }
}
