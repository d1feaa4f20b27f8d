using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Backends;
using Hypergate.Backends.PxCloud;
using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Tests.Backends.PxCloud;

public sealed class PxCloudAccessTests
{
    [Theory]
    [InlineData("GET", "/api/vms", Access.Read)]
    [InlineData("GET", "/api/nodes/{id}/power-usage", Access.Read)]
    [InlineData("GET", "/api/auth/tokens", Access.Admin)]
    [InlineData("GET", "/api/system/audit", Access.Admin)]
    [InlineData("POST", "/api/vms/search", Access.Read)]
    [InlineData("POST", "/api/clusters/{id}/test-connection", Access.Read)]
    [InlineData("POST", "/api/search/reset", Access.Dangerous)]
    [InlineData("POST", "/api/vms", Access.Write)]
    [InlineData("PATCH", "/api/vms/{id}", Access.Write)]
    [InlineData("POST", "/api/vms/{id}/snapshots", Access.Write)]
    [InlineData("POST", "/api/vms/{id}/power", Access.Write)]
    [InlineData("POST", "/api/vms/{id}/shutdown", Access.Dangerous)]
    [InlineData("POST", "/api/vms/{id}/format-disk", Access.Dangerous)]
    [InlineData("POST", "/api/vms/{id}/formatDisk", Access.Dangerous)]
    [InlineData("POST", "/api/backups/{id}/restore", Access.Dangerous)]
    [InlineData("POST", "/api/vms/{id}/console-share", Access.Dangerous)]
    [InlineData("PUT", "/api/vms/{id}/firewall/{rule}", Access.Dangerous)]
    [InlineData("DELETE", "/api/vms/{id}", Access.Dangerous)]
    [InlineData("PUT", "/api/acl", Access.Admin)]
    [InlineData("PATCH", "/api/users/{id}", Access.Admin)]
    [InlineData("POST", "/api/vms/{delete}/notes", Access.Write)]
    [InlineData("POST", "/api/information/platform", Access.Write)]
    public void The_words_of_a_path_tell_its_class(string method, string path, Access expected) =>
        Assert.Equal(expected, PxCloudAccess.Of(new Route("", method, path)));

    [Fact]
    public void A_name_may_say_what_the_path_does_not() =>
        Assert.Equal(Access.Dangerous, PxCloudAccess.Of(new Route("destroy_volume", "POST", "/api/volumes/{id}/actions")));

    [Theory]
    [InlineData("POST", "/api/vms/find", "x-access", "read", Access.Read)]
    [InlineData("POST", "/api/vms/{id}/notes", "x-hypergate-access", "dangerous", Access.Dangerous)]
    [InlineData("GET", "/api/vault", "x-access", "admin", Access.Admin)]
    [InlineData("DELETE", "/api/vms/{id}", "x-access", "read", Access.Dangerous)]
    [InlineData("POST", "/api/vms/{id}/stop", "x-mcp-exposure", "confirm", Access.Dangerous)]
    [InlineData("POST", "/api/vms/{id}/notes", "x-mcp-exposure", "deny", Access.Dangerous)]
    [InlineData("POST", "/api/vms/{id}/notes", "x-access", "3", Access.Write)]
    public void A_mark_of_the_description_raises_a_class_and_lets_a_post_only_look(string method, string path, string word, string value, Access expected)
    {
        var operation = new JsonObject { [word] = value, ["responses"] = new JsonObject() };
        var document = new JsonObject { ["openapi"] = "3.1.0", ["paths"] = new JsonObject { [path] = new JsonObject { [method.ToLowerInvariant()] = operation } } };

        var read = new PxCloudDescription(new PxCloudSettings { AllowDelete = true }).Read(System.Text.Encoding.UTF8.GetBytes(document.ToJsonString()), PxCloudDescription.Rules);

        Assert.Equal(expected, Assert.Single(read.Operations).Access);
    }

    [Theory]
    [InlineData("/api/vms/{id}/power", """{"action":"start"}""", Access.Write)]
    [InlineData("/api/servers/{id}/power", """{"action":"on"}""", Access.Write)]
    [InlineData("/api/vms/{id}/power", """{"action":"stop"}""", Access.Dangerous)]
    [InlineData("/api/vms/{id}/power", """{"action":"start","force":true}""", Access.Dangerous)]
    [InlineData("/api/vms/{id}/power", "{}", Access.Dangerous)]
    [InlineData("/api/vms/{id}/power", """{"body":{"state":"off"}}""", Access.Dangerous)]
    [InlineData("/api/vms/batch/power", """{"body":[{"id":"a","action":"start"}]}""", Access.Write)]
    [InlineData("/api/vms/batch/power", """{"body":[{"id":"a","action":"start"},{"id":"b","action":"stop"}]}""", Access.Dangerous)]
    [InlineData("/api/vms/batch/tags", """{"ids":["1","2","3","4","5"],"tag":"x"}""", Access.Write)]
    [InlineData("/api/vms/batch/tags", """{"ids":["1","2","3","4","5","6"],"tag":"x"}""", Access.Dangerous)]
    [InlineData("/api/vms/{id}/tags", """{"body":["1","2","3","4","5","6"]}""", Access.Write)]
    [InlineData("/api/vms/{id}", """{"name":"x","force":false}""", Access.Write)]
    public void Arguments_raise_the_class_of_a_call(string path, string arguments, Access expected)
    {
        var operation = new Operation { Name = "x", DeclaredName = "x", Domain = "vms", Title = "X", Method = "POST", Path = path, Access = PxCloudAccess.Of(new Route("", "POST", path)) };

        Assert.Equal(expected, PathAccess.OfCall(operation, JsonElement.Parse(arguments)));
    }
}
