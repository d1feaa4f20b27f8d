using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Backends.PxCloud;
using Hypergate.Backends.Rest;
using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Tests.Backends;

/// <summary>The classes of operations of which nothing is known but method and path.</summary>
public sealed class PathAccessTests
{
    [Theory]

    // What only looks.
    [InlineData("GET /api/vms", Access.Read)]
    [InlineData("HEAD /api/vms/{id}", Access.Read)]
    [InlineData("GET /api/vms/{id}/power-usage", Access.Read)]
    [InlineData("GET /api/users", Access.Read)]
    [InlineData("GET /api/system/settings", Access.Read)]
    [InlineData("GET /api/vms/{id}/shutdown", Access.Read)]
    [InlineData("GET /api/config", Access.Read)]
    [InlineData("GET /api/keysets", Access.Read)]
    [InlineData("POST /api/vms/search", Access.Read)]
    [InlineData("POST /api/vms/Search/", Access.Read)]
    [InlineData("POST /api/users/query", Access.Read)]
    [InlineData("POST /api/ipam/validate", Access.Read)]
    [InlineData("POST /api/plans/{id}/preview", Access.Read)]
    [InlineData("POST /api/nodes/{id}/ping", Access.Read)]
    [InlineData("POST /api/nodes/{id}/check", Access.Read)]
    [InlineData("POST /api/clusters/{id}/test-connection", Access.Read)]
    [InlineData("POST /api/clusters/{id}/testConnection", Access.Read)]
    [InlineData("POST /api/clusters/{id}/test_connection", Access.Read)]
    [InlineData("POST /api/vms/{id}/migrate/dry-run", Access.Read)]
    [InlineData("POST /api/vms/{id}/migrate/dryRun", Access.Read)]

    // What tells credentials, or what others did.
    [InlineData("GET /api/auth/tokens", Access.Admin)]
    [InlineData("GET /api/vms/{id}/secrets", Access.Admin)]
    [InlineData("GET /api/api-keys", Access.Admin)]
    [InlineData("GET /api/apiKeys/{id}", Access.Admin)]
    [InlineData("GET /api/system/audit", Access.Admin)]

    // Rights, credentials, the platform itself.
    [InlineData("POST /api/users", Access.Admin)]
    [InlineData("PATCH /api/users/{id}", Access.Admin)]
    [InlineData("DELETE /api/users/{id}", Access.Admin)]
    [InlineData("POST /api/user/{id}/reset", Access.Admin)]
    [InlineData("PUT /api/acl", Access.Admin)]
    [InlineData("POST /api/roles/{id}/permissions", Access.Admin)]
    [InlineData("POST /api/groups/{id}/members", Access.Admin)]
    [InlineData("POST /api/auth/logout", Access.Admin)]
    [InlineData("POST /api/api-keys", Access.Admin)]
    [InlineData("POST /api/apiKeys", Access.Admin)]
    [InlineData("POST /api/api_keys", Access.Admin)]
    [InlineData("PUT /api/sso", Access.Admin)]
    [InlineData("PUT /api/ldap/{id}", Access.Admin)]
    [InlineData("POST /api/certificates", Access.Admin)]
    [InlineData("PUT /api/license", Access.Admin)]
    [InlineData("PATCH /api/settings", Access.Admin)]
    [InlineData("POST /api/system/restart", Access.Admin)]
    [InlineData("PUT /api/vms/{id}/config", Access.Admin)]
    [InlineData("POST /api/vms/{id}/token", Access.Admin)]

    // What destroys, cuts power, or cannot be undone.
    [InlineData("DELETE /api/vms/{id}", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/delete", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/deleteNow", Access.Dangerous)]
    [InlineData("POST /api/volumes/{id}/destroy", Access.Dangerous)]
    [InlineData("POST /api/disks/{id}/wipe", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/format-disk", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/formatDisk", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/erase_all", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/reset", Access.Dangerous)]
    [InlineData("POST /api/nodes/{id}/reboot", Access.Dangerous)]
    [InlineData("POST /api/services/{name}/restart", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/shutdown", Access.Dangerous)]
    [InlineData("PUT /api/vms/{id}/SHUTDOWN", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/stop", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/powerOff", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/poweroff", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/power/off", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/power/cycle", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/force-unlock", Access.Dangerous)]
    [InlineData("POST /api/tasks/{id}/kill", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/suspend", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/pause", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/hibernate", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/snapshots/{s}/rollback", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/snapshots/{s}/rollBack", Access.Dangerous)]
    [InlineData("POST /api/snapshots/{s}/revert", Access.Dangerous)]
    [InlineData("POST /api/backups/{id}/restore", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/migrate", Access.Dangerous)]
    [InlineData("POST /api/nodes/{id}/evacuate", Access.Dangerous)]
    [InlineData("POST /api/clusters/{id}/failover", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/disks/{d}/detach", Access.Dangerous)]
    [InlineData("PUT /api/vms/{id}/disks/{d}/resize", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/template", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/exec", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/guest-command", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/console-share", Access.Dangerous)]
    [InlineData("POST /api/vms/{id}/shareFull", Access.Dangerous)]

    // Whole words alone, and none of what stands in braces.
    [InlineData("POST /api/vms", Access.Write)]
    [InlineData("PATCH /api/vms/{id}", Access.Write)]
    [InlineData("POST /api/vms/{id}/start", Access.Write)]
    [InlineData("POST /api/vms/{id}/power", Access.Write)]
    [InlineData("POST /api/vms/{id}/power/on", Access.Write)]
    [InlineData("POST /api/vms/{id}/powerOn", Access.Write)]
    [InlineData("POST /api/vms/{id}/snapshots", Access.Write)]
    [InlineData("POST /api/information/platforms", Access.Write)]
    [InlineData("POST /api/templates", Access.Write)]
    [InlineData("POST /api/performers", Access.Write)]
    [InlineData("POST /api/vms/{delete}/notes", Access.Write)]
    [InlineData("PUT /api/search", Access.Write)]
    [InlineData("POST /api/search/saved", Access.Write)]
    [InlineData("POST /api/nodes/{id}/maintenance", Access.Write)]
    public void The_words_of_a_path_tell_its_class(string route, Access expected)
    {
        var words = route.Split(' ');
        var (method, path) = (words[0], words[1]);

        Assert.Equal(expected, PxCloudAccess.Of(new Route("", method, path)));

        // Of an API that nobody knows it is never less.
        Assert.InRange(RestAccess.Of(new Route("", method, path)), expected, Access.Dangerous);
    }

    [Fact]
    public void A_change_of_a_firewall_is_dangerous_by_pxclouds_own_guide()
    {
        Assert.Equal(Access.Dangerous, PxCloudAccess.Of(new Route("", "PUT", "/api/vms/{id}/firewall/{rule}")));
        Assert.Equal(Access.Read, PxCloudAccess.Of(new Route("", "GET", "/api/vms/{id}/firewall")));
        Assert.Equal(Access.Write, RestAccess.Of(new Route("", "PUT", "/api/vms/{id}/firewall/{rule}")));
    }

    [Theory]
    [InlineData("/vms/{id}/power", """{"action":"on"}""", Access.Write)]
    [InlineData("/vms/{id}/power", """{"action":"ON"}""", Access.Write)]
    [InlineData("/vms/{id}/power", """{"state":"start"}""", Access.Write)]
    [InlineData("/vms/{id}/power/{action}", """{"action":"on"}""", Access.Write)]
    [InlineData("/vms/{id}/power/{action}", """{"action":"off"}""", Access.Dangerous)]
    [InlineData("/vms/{id}/power/{action}", """{"action":"on","body":{"action":"off"}}""", Access.Dangerous)]
    [InlineData("/vms/{id}/power/{action}", """{"action":"on","body":{"note":"x"}}""", Access.Write)]
    [InlineData("/vms/{id}/power", """{"action":"reset"}""", Access.Dangerous)]
    [InlineData("/vms/{id}/power", """{"action":"on","state":"off"}""", Access.Dangerous)]
    [InlineData("/vms/{id}/power", """{"note":"x"}""", Access.Dangerous)]
    [InlineData("/vms/{id}/power", """{"body":[{"action":"on"},{"id":"2"}]}""", Access.Dangerous)]
    [InlineData("/vms/{id}/power", """{"body":[]}""", Access.Dangerous)]
    [InlineData("/vms/{id}/power/on", "{}", Access.Write)]
    [InlineData("/vms/{id}/notes", """{"text":"x","force":true}""", Access.Dangerous)]
    [InlineData("/vms/{id}/notes", """{"force":true,"body":{"text":"x"}}""", Access.Dangerous)]
    [InlineData("/vms/notes", """{"body":[{"id":"1"},{"id":"2","force":true}]}""", Access.Dangerous)]
    [InlineData("/vms/{id}/notes", """{"text":"force"}""", Access.Write)]
    [InlineData("/vms/notes", """{"vmIds":["1","2","3","4","5"]}""", Access.Write)]
    [InlineData("/vms/notes", """{"vmIds":["1","2","3","4","5","6"]}""", Access.Dangerous)]
    [InlineData("/vms/notes", """{"body":["a:b:1","a:b:2","a:b:3","a:b:4","a:b:5","a:b:6"]}""", Access.Dangerous)]
    [InlineData("/vms/notes", """{"machines":[1,2,3,4,5,6]}""", Access.Dangerous)]
    [InlineData("/vms/{id}/tags", """{"body":["a","b","c","d","e","f"]}""", Access.Write)]
    public void Arguments_raise_the_class_of_a_call_of_any_api(string path, string arguments, Access expected)
    {
        var operation = new Operation { Name = "x", DeclaredName = "x", Domain = "vms", Title = "X", Method = "POST", Path = path, Access = RestAccess.Of(new Route("", "POST", path)) };

        Assert.Equal(expected, PathAccess.OfCall(operation, JsonElement.Parse(arguments)));
    }
}
