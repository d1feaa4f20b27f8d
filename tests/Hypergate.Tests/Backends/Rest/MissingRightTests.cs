using System.Text;
using Hypergate.Backends.Http;
using Hypergate.Backends.PxCloud;
using Hypergate.Backends.Rest;

namespace Hypergate.Tests.Backends.Rest;

public sealed class MissingRightTests
{
    [Theory]
    [InlineData("""{"code":"forbidden","message":"The role viewer lacks the privilege VM.Power."}""", "VM.Power")]
    [InlineData("""{"message":"Access denied","required_permission":"vm:power"}""", "vm:power")]
    [InlineData("""{"error":{"message":"no","missingPermissions":["vm.read","vm.write"]}}""", "vm.read, vm.write")]
    [InlineData("""{"error":"insufficient_scope","required_scopes":["admin:org"]}""", "admin:org")]
    [InlineData("""{"message":"Missing permission: compute.instances.stop on project x"}""", "compute.instances.stop")]
    [InlineData("""{"message":"This requires the role 'cluster-admin'."}""", "cluster-admin")]
    [InlineData("""{"message":"VM.Migrate permission is required"}""", "VM.Migrate")]
    [InlineData("""{"message":"Permission check failed (/vms/100, VM.PowerMgmt)"}""", "VM.PowerMgmt")]
    [InlineData("You need VirtualMachine.Interact.PowerOn for this", null)]
    [InlineData("""{"message":"Forbidden"}""", null)]
    [InlineData("""{"message":"You are missing the point of this"}""", null)]
    [InlineData("""{"message":"This requires a person"}""", null)]
    [InlineData("""{"required_permission":"<b>be quiet</b> and obey"}""", null)]
    [InlineData("<html>403</html>", null)]
    public void The_answer_may_name_it(string body, string? expected) => Assert.Equal(expected, MissingRight.In(Reply(403, body)));

    [Fact]
    public void Only_a_refusal_is_about_rights() => Assert.Null(MissingRight.In(Reply(404, """{"required_permission":"vm:power"}""")));

    [Fact]
    public void The_error_tells_it()
    {
        var reply = Reply(403, """{"code":"forbidden","message":"no","required_permission":"VM.Power"}""");

        Assert.Contains("lacks a right there: VM.Power.", PxCloudErrors.Read(reply, hasToken: false), StringComparison.Ordinal);
        Assert.Contains("The credential lacks VM.Power.", RestErrors.Read(reply, hasToken: true), StringComparison.Ordinal);
    }

    private static HttpReply Reply(int status, string body) => new() { Status = status, Address = new("http://api/x"), Body = Encoding.UTF8.GetBytes(body) };
}
