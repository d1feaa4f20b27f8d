using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Tests.Governance.Authorization;

public sealed class AudienceTests
{
    [Theory]
    [InlineData("viewer", Access.Read)]
    [InlineData("operator", Access.Write)]
    [InlineData("admin", Access.Dangerous)]
    [InlineData("viewer operator", Access.Write)]
    [InlineData("owner", null)]
    [InlineData("", null)]
    public void Roles_reach_as_far_as_the_highest_of_them(string roles, Access? highest)
    {
        var audience = Audience.Of(new Caller("x", roles.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.Equal(highest, audience.Highest);
        Assert.All(Enum.GetValues<Access>(), access => Assert.Equal(access <= highest, audience.Reaches(access)));
    }

    [Fact]
    public void Equal_rights_are_one_audience_whatever_their_order()
    {
        var left = Audience.Of(new Caller("a", ["viewer"]) { Backends = ["x", "y"] });
        var right = Audience.Of(new Caller("b", ["viewer"]) { Backends = ["y", "x", "y"] });

        Assert.Equal(left, right);
        Assert.True(left.Has("x"));
        Assert.False(left.Has("z"));
        Assert.False(Audience.Of(new Caller("c", ["admin"]) { Backends = [] }).Has("x"));
    }

    [Fact]
    public void The_surfaces_of_a_key_bound_those_that_a_request_asks_for()
    {
        var audience = Audience.Of(new Caller("a", ["viewer"]) { Surfaces = ["query", "fleet"] });

        Assert.Equal("fleet\nquery", audience.Surfaces);
        Assert.Equal("query", audience.On(["query", "code"]).Surfaces);
        Assert.Equal("", audience.On(["code"]).Surfaces);
        Assert.Equal("code", Audience.Of(new Caller("b", ["viewer"])).On(["code"]).Surfaces);
    }

    [Theory]
    [InlineData("viewer", false, false)]
    [InlineData("operator", true, false)]
    [InlineData("admin", true, true)]
    [InlineData("nobody", false, false)]
    public void A_policy_under_an_audience_shows_no_more_than_both_allow(string role, bool write, bool dangerous)
    {
        var policy = new OperationPolicy(new OperationRights(Actions: true, [], null)).Under(Audience.Of(new Caller("x", [role])));

        Assert.Equal(role != "nobody", policy.Shows(Operation(Access.Read, "GET")));
        Assert.Equal(write, policy.Shows(Operation(Access.Write, "POST")));
        Assert.Equal(dangerous, policy.Shows(Operation(Access.Dangerous, "DELETE")));
        Assert.Equal(dangerous, policy.Shows(Operation(Access.Admin, "GET")));
    }

    [Fact]
    public void Read_only_settings_are_a_ceiling_for_every_role()
    {
        var policy = new OperationPolicy(new OperationRights(Actions: false, [], null)).Under(Audience.Of(Caller.LocalUser));

        Assert.False(policy.Shows(Operation(Access.Write, "POST")));
        Assert.Equal(Access.Read, policy.Highest);
    }

    private static Operation Operation(Access access, string method) =>
        new() { Name = "X", DeclaredName = "X", Domain = "x", Title = "X", Method = method, Path = "/x", Access = access };
}
