using Hypergate.Descriptions;

namespace Hypergate.Tests.Descriptions;

public class OperationNamesTests
{
    [Theory]
    [InlineData("GetSrs /sms, GetSrs /srs", "GetSrs_sms GetSrs")]
    [InlineData("GetSr /sms/{id}, GetSr /srs/{id}", "GetSr_sms GetSr")]
    [InlineData("Reconfigure /pools/{id}, Reconfigure /hosts/{id}", "Reconfigure Reconfigure_hosts")]
    [InlineData("List /a/x, List /a/y, List /a/z", "List List_a List_a_2")]
    [InlineData("Get /a, Get /b, Get_b /c", "Get Get_b_2 Get_b")]
    [InlineData("GetVmSnapshots /vms, GetVmSnapshots /vm-snapshots", "GetVmSnapshots_vms GetVmSnapshots")]
    [InlineData("A /a, B /b", "A B")]
    public void A_shared_name_stays_with_the_family_it_names_or_the_first(string routes, string names) =>
        Assert.Equal(names, string.Join(' ', OperationNames.Assign([.. routes.Split(", ").Select(static route => Parse(route))])));

    [Theory]
    [InlineData("GET", "/vms/{id}/alarms", "GetVmsIdAlarms")]
    [InlineData("POST", "/vm-snapshots", "PostVmSnapshots")]
    [InlineData("GET", "/", "Get")]
    public void A_missing_name_is_made_from_method_and_path(string method, string path, string name) =>
        Assert.Equal(name, OperationNames.FromPath(method, path));

    private static Route Parse(string route) => new(route.Split(' ')[0], "GET", route.Split(' ')[1]);
}
