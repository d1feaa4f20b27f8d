using System.Text.Json;
using Hypergate.Backends.XenOrchestra;
using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Tests.Backends.XenOrchestra;

public class XenOrchestraAccessTests
{
    private static readonly Operation MigrateVm = new()
    {
        Name = "MigrateVm",
        DeclaredName = "MigrateVm",
        Domain = "vms",
        Title = "Migrate VM",
        Method = "POST",
        Path = "/vms/{id}/actions/migrate",
        Access = Access.Write,
    };

    [Fact]
    public void Every_operation_of_the_table_has_the_class_of_its_last_column()
    {
        var wrong = OperationsTableRow.All
            .Select(static row => (row, Access: Of(row.Method, row.Path, row.Name)))
            .Where(static row => row.Access != row.row.Access)
            .Select(static row => $"{row.row.Name} {row.row.Path}: {row.Access}, not {row.row.Access}");

        Assert.Equal(271, OperationsTableRow.All.Count);
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_classes_are_as_frequent_as_counted()
    {
        var counts = OperationsTableRow.All.CountBy(static row => Of(row.Method, row.Path, row.Name)).ToDictionary(StringComparer.Ordinal);

        Assert.Equal((145, 49, 46, 31), (counts["read"], counts["write"], counts["admin"], counts["dangerous"]));
    }

    [Theory]
    [InlineData("GET", "/plugins/x/things", "GetThings", "read")]
    [InlineData("POST", "/plugins/x/things", "AddThing", "admin")]
    [InlineData("PUT", "/plugins/x/things/{id}", "SetThing", "admin")]
    [InlineData("DELETE", "/plugins/x/things/{id}", "DeleteThing", "dangerous")]
    [InlineData("POST", "/plugins/x/actions/wipe", "Wipe", "dangerous")]
    [InlineData("POST", "/vms/{id}/actions/factory_reset", "ResetVm", "dangerous")]
    [InlineData("POST", "/vms/{id}/actions/evictAll", "X", "dangerous")]
    [InlineData("POST", "/vms/{id}/actions/rename", "RenameVm", "write")]
    [InlineData("POST", "/vms/{format}/actions/rename", "RenameVm", "write")]
    [InlineData("PATCH", "/things/{id}", "UpdateThing", "write")]
    [InlineData("DELETE", "/things/{id}", "DeleteThing", "dangerous")]
    [InlineData("DELETE", "/things/{id}/tags/{tag}", "DeleteThingTag", "write")]
    [InlineData("GET", "/things/{id}.{format}", "ExportThing", "admin")]
    [InlineData("POST", "/users/{id}/actions/lock", "LockUser", "admin")]
    [InlineData("POST", "/users/{id}/actions/reset_password", "ResetPassword", "dangerous")]
    public void An_unknown_operation_is_classed_by_the_rules(string method, string path, string name, string access) =>
        Assert.Equal(access, Of(method, path, name));

    [Theory]
    [InlineData("POST", "/plugins/x/run", "DeleteTask", "admin")]
    [InlineData("DELETE", "/things/{id}", "DeleteTask", "dangerous")]
    [InlineData("POST", "/hosts/{id}/actions/shutdown", "CleanShutdownVm", "dangerous")]
    public void An_exception_holds_only_in_its_own_resource_family(string method, string path, string name, string access) =>
        Assert.Equal(access, Of(method, path, name));

    [Theory]
    [InlineData("""{"id":"1","body":{"hostId":"h"}}""", Access.Write)]
    [InlineData("""{"id":"1","body":{"hostId":"h","migrationNetworkId":"n"}}""", Access.Write)]
    [InlineData("""{"id":"1","body":{"hostId":"h","srId":"s"}}""", Access.Dangerous)]
    [InlineData("""{"id":"1","body":{"hostId":"h","srIdByVdiId":{}}}""", Access.Dangerous)]
    [InlineData("""{"id":"1","body":{"hostId":"h","networkIdByVifId":{}}}""", Access.Dangerous)]
    [InlineData("""{"id":"1","body":{"hostId":"h","srId":null}}""", Access.Dangerous)]
    [InlineData("""{"id":"1","body":{"hostId":"h","somethingNew":1}}""", Access.Dangerous)]
    [InlineData("""{"id":"1","body":"{\"hostId\":\"h\",\"srId\":\"s\"}"}""", Access.Dangerous)]
    [InlineData("""{"id":"1"}""", Access.Dangerous)]
    public void Moving_a_vm_out_of_its_pool_is_dangerous(string arguments, Access access) =>
        Assert.Equal(access, XenOrchestraAccess.OfCall(MigrateVm, JsonElement.Parse(arguments)));

    [Fact]
    public void Other_calls_keep_the_class_of_their_operation()
    {
        var rename = MigrateVm with { Name = "UpdateVm", DeclaredName = "UpdateVm" };

        Assert.Equal(Access.Write, XenOrchestraAccess.OfCall(rename, JsonElement.Parse("""{"body":{"srId":"s"}}""")));
    }

    private static string Of(string method, string path, string name) =>
        XenOrchestraAccess.Of(new Route(name, method, path)).ToString().ToLowerInvariant();
}
