using Hypergate.Catalog;
using Hypergate.Governance;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Gates;
using Hypergate.Host.Composition;
using Hypergate.Host.Settings;

namespace Hypergate.Tests.Host.Composition;

/// <summary>A rule with a name that fits nothing allows nothing or protects nothing, and its author hears of it.</summary>
[Trait("Suite", "S10")]
[Trait("Rule", "R-SAME")]
public sealed class RuleWarningsTests(ReadingGateway reading) : IClassFixture<ReadingGateway>
{
    [Fact]
    public void A_name_that_fits_nothing_is_told_with_its_place_and_the_nearest_one()
    {
        var settings = Settings with
        {
            Roles = new Dictionary<string, RoleSettings>(StringComparer.Ordinal)
            {
                ["web"] = new()
                {
                    Allow = [new() { Access = new(["read"]) }, new() { Resources = ["vmz", "sr"] }],
                    Deny = [new() { Operations = ["DeletVm", "Hard*", "nothing.*"] }],
                    Confirm = [new() { Operations = ["StartVm"] }],
                },
            },
            Gates = [new GateSettings { Name = "g", When = new() { Operations = ["*Rebot*"] } }, new GateSettings { Name = "off", Enabled = false, When = new() { Operations = ["Nothing"] } }],
            Policy = new PolicySettings { Confirmation = new() { Unconfirmed = ["PutVmTag", "PutVmTga"] } },
        };

        Assert.Equal(
            [
                "roles.web.allow[1] names 'vmz', which fits no family of resources; did you mean 'vms'?",
                "roles.web.deny[0] names 'DeletVm', which fits no operation; did you mean 'DeleteVm'?",
                "roles.web.deny[0] names 'nothing.*', which fits no operation.",
                "gates[0].when names '*Rebot*', which fits no operation.",
                "policy.confirmation.unconfirmed names 'PutVmTga', which fits no operation; did you mean 'PutVmTag'?",
            ],
            RuleWarnings.Of(settings, Catalog));
    }

    [Fact]
    public void A_rule_for_some_backends_must_fit_something_there()
    {
        var rule = new RuleSettings { Backends = ["elsewhere"], Operations = ["StartVm"] };

        Assert.Equal(["roles.web.deny[0] names 'StartVm', which fits no operation."], RuleWarnings.Of(Settings with { Roles = new Dictionary<string, RoleSettings>(StringComparer.Ordinal) { ["web"] = new() { Deny = [rule] } } }, Catalog));
    }

    [Fact]
    public void As_long_as_a_platform_is_not_known_nothing_is_said()
    {
        var settings = Settings with { Policy = new PolicySettings { Confirmation = new() { Unconfirmed = ["Nothing"] } } };

        Assert.Single(RuleWarnings.Of(settings, Catalog));
        Assert.Empty(RuleWarnings.Of(settings, CatalogSnapshot.Empty));
    }

    private CatalogSnapshot Catalog => reading.Gateway.Gateway.Parts.Catalog.Current;

    private GatewaySettings Settings => new()
    {
        Backends = [new() { Name = reading.Gateway.Gateway.Backends[0].Name, Kind = "xen-orchestra", Url = reading.Gateway.Xo.Url }],
    };
}
