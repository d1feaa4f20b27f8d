using Hypergate.Governance.Authorization;
using Hypergate.Model;
using Hypergate.Tests.Catalog;

namespace Hypergate.Tests.Governance.Authorization;

public class OperationPolicyTests
{
    private static readonly Operation List = Operation("GetVms", "GET", Access.Read);
    private static readonly Operation Start = Operation("StartVm", "POST", Access.Write);
    private static readonly Operation Delete = Operation("DeleteVm", "DELETE", Access.Dangerous);
    private static readonly Operation Withheld = Operation("ImportVm", "POST", Access.Write) with { Exposure = Exposure.Deny };

    [Theory]
    [InlineData(false, "", null, "GetVms")]
    [InlineData(true, "", null, "GetVms StartVm DeleteVm")]
    [InlineData(true, "DeleteVm", null, "GetVms StartVm")]
    [InlineData(true, "vms.Delete*", null, "GetVms StartVm")]
    [InlineData(true, "DELETE /vms/{id}", null, "GetVms StartVm")]
    [InlineData(true, "*", "*", "")]
    [InlineData(true, "DeleteVm", "DeleteVm StartVm", "StartVm")]
    [InlineData(true, "", "GetVms DeleteVm", "GetVms DeleteVm")]
    [InlineData(false, "", "GetVms DeleteVm", "GetVms")]
    [InlineData(true, "", "", "")]
    [InlineData(true, "", "*", "GetVms StartVm DeleteVm")]
    [InlineData(true, "", "* ImportVm", "GetVms StartVm DeleteVm ImportVm")]
    [InlineData(true, "ImportVm", "* ImportVm", "GetVms StartVm DeleteVm")]
    [InlineData(true, "deletevm", null, "GetVms StartVm DeleteVm")]
    public void Deny_wins_allow_turns_it_around_and_what_the_platform_withholds_needs_its_exact_name(
        bool actions, string deny, string? allow, string shown)
    {
        var policy = Policy(actions, deny, allow);

        Assert.Equal(shown, string.Join(' ', new[] { List, Start, Delete, Withheld }.Where(policy.Shows).Select(static operation => operation.Name)));
    }

    [Fact]
    public void A_deprecated_operation_is_shown_where_the_settings_say_so()
    {
        var old = List with { Deprecated = true };

        Assert.False(new OperationPolicy(new OperationRights(true, [], null)).Shows(old));
        Assert.True(new OperationPolicy(new OperationRights(true, [], null, Deprecated: true)).Shows(old));
    }

    [Fact]
    public void An_entry_that_fits_nothing_is_told_with_the_nearest_name()
    {
        var warnings = Policy(true, "DeleteVn", "GetVms nothing.*").Warnings([List, Start, Delete]).ToList();

        Assert.Equal(["The deny list names 'DeleteVn', which fits no operation; did you mean 'DeleteVm'?", "The allow list names 'nothing.*', which fits no operation."], warnings);
    }

    private static OperationPolicy Policy(bool actions, string deny, string? allow) => new(new OperationRights(
        actions, Split(deny), allow is null ? null : Split(allow)));

    // A path pattern holds a blank; no other entry does.
    private static string[] Split(string list) => list.Contains('/', StringComparison.Ordinal) ? [list] : list.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Operation Operation(string name, string method, Access access) =>
        Catalogs.Operation(name) with { Domain = "vms", Method = method, Path = "/vms/{id}", Access = access };
}
