using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Backends.PxCloud;
using Hypergate.Model;
using Hypergate.Simulator.PxCloud;

namespace Hypergate.Tests.Backends.PxCloud;

public sealed class PxCloudNamesTests
{
    [Theory]
    [InlineData("POST", "/api/vms/{id}/console-share", "post_/api/vms/{id}/console-share", "post_api_vms_id_console_share")]
    [InlineData("GET", "/api/vms", "get_/api/vms", "get_api_vms")]
    [InlineData("DELETE", "/api/vms/{id}", "delete_vm", "delete_vm")]
    [InlineData("PATCH", "/api/vms/{id}", "", "patch_vms_by_id")]
    [InlineData("POST", "/api/vms/{id}/snapshots/{s}/rollback", "", "create_vms_by_id_snapshots_by_s_rollback")]
    [InlineData("PUT", "/api/vms/{id}/console-mode", "", "update_vms_by_id_console-mode")]
    public void An_operation_has_the_name_that_the_package_gives_it(string method, string path, string id, string expected)
    {
        var mark = new PxCloudMark { Method = method, Path = path, OperationId = id };

        Assert.Equal(expected, PackageNames.Of([mark], static _ => true)[(method, path)]);
    }

    [Fact]
    public void A_second_operation_with_an_id_is_named_by_its_path()
    {
        PxCloudMark[] marks = [new() { Method = "GET", Path = "/api/vms/{id}", OperationId = "get_vm" }, new() { Method = "GET", Path = "/api/nodes", OperationId = "get_vm" }];

        Assert.Equal("list_nodes", PackageNames.Of(marks, static _ => true)[("GET", "/api/nodes")]);
        Assert.Equal("list_nodes", PxCloudNames.Of(marks)[("GET", "/api/nodes")]);
        Assert.Equal("get_vm", PxCloudNames.Of(marks.Reverse())[("GET", "/api/vms/{id}")]);
    }

    [Fact]
    public void The_package_itself_names_every_operation_of_a_document_as_we_say()
    {
        var document = WithoutSchemas(PxCloudSimulator.Description());
        var tools = JsonElement.Parse(NodePackages.RunClient("pxcloud", "tools.mjs", document.ToJsonString())).EnumerateArray().Select(static name => name.GetString()!).Order(StringComparer.Ordinal).ToList();

        var ours = PackageNames.Of(Marks(document), static _ => true).Values.Select(static name => $"pxcloud_{name}").Order(StringComparer.Ordinal);

        Assert.InRange(tools.Count, 120, 200);
        Assert.Equal(tools.Where(static tool => tool is not ("pxcloud_confirm_change" or "pxcloud_setup")), ours);
    }

    [Fact]
    public void A_name_stays_whatever_is_added_before_it()
    {
        var document = PxCloudSimulator.Description();
        var before = PxCloudNames.Of(Marks(document));

        foreach (var id in (string[])["get_vm", "delete_vm", "get_status", "get_/api/vms", "entirely_new"])
        {
            var paths = new JsonObject { ["/api/aaa/first"] = new JsonObject { ["get"] = new JsonObject { ["operationId"] = id, ["responses"] = new JsonObject() } } };
            foreach (var (path, item) in document["paths"]!.AsObject())
            {
                paths[path] = item!.DeepClone();
            }

            var after = PxCloudNames.Of(Marks(new JsonObject { ["paths"] = paths }));
            Assert.All(before, pair => Assert.Equal(pair.Value, after[pair.Key]));
        }
    }

    [Fact]
    public async Task Every_operation_is_there_once_and_every_spelling_reaches_it()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud) with { Deprecated = true, PxCloud = new() { AllowDelete = true, System = true } });
        var document = PxCloudSimulator.Description();
        var inPackage = PackageNames.Of(Marks(document), static _ => true);
        var operations = gateway.Gateway.Parts.Catalog.Current.Find("pxcloud")!.Operations;

        var left = Marks(document).Where(mark => !operations.Any(operation => (operation.Method, operation.Path) == (mark.Method, mark.Path))).Select(static mark => mark.Path).ToList();
        Assert.Equal(["/api/images/upload", "/api/vms/{id}/vnc", "/api/vms/{id}/vnc/websocket", "/api/nodes/{id}/terminal/ws", "/api/ws", "/api/servers/{id}/bmc-proxy/index", "/api/tasks/stream"], left);
        Assert.Equal(operations.Count, operations.DistinctBy(static operation => (operation.Method, operation.Path)).Count());
        Assert.All(operations, operation =>
        {
            var listed = Tool(gateway, $"pxcloud_{operation.Name}", operation);
            Assert.Same(listed, Tool(gateway, $"pxcloud_{Documented(operation)}", operation));
            if (inPackage.TryGetValue((operation.Method, operation.Path), out var name))
            {
                Assert.Same(listed, Tool(gateway, $"pxcloud_{name}", operation));
            }
        });
    }

    [Fact]
    public async Task A_name_of_the_package_is_understood_by_the_other_surfaces_too()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));

        var described = await gateway.CallAsync("describe_operation", """{"operation":"pxcloud_post_api_vms__id__console_share"}""");

        Assert.False(described.IsError, described.Text);
        Assert.Contains("/api/vms/{id}/console-share", described.Text, StringComparison.Ordinal);
    }

    // The package never ends on a schema that contains itself.
    private static JsonObject WithoutSchemas(JsonObject document)
    {
        foreach (var operation in document["paths"]!.AsObject().SelectMany(static path => path.Value!.AsObject()))
        {
            operation.Value!["responses"] = new JsonObject();
            foreach (var type in operation.Value["requestBody"]?["content"]?.AsObject() ?? [])
            {
                type.Value!["schema"] = new JsonObject { ["type"] = "object" };
            }
        }

        return document;
    }

    private static Hypergate.Tools.ToolDefinition Tool(ContractGateway gateway, string name, Operation operation) =>
        gateway.Gateway.Tools.Find(name) is { } tool ? tool : throw new InvalidOperationException($"{name} does not lead to {operation.Method} {operation.Path}.");

    // As the package's page writes it: an underscore for each character that is none of a name.
    private static string Documented(Operation operation) =>
        string.Concat($"{operation.Method.ToLowerInvariant()}{operation.Path}".Select(static sign => char.IsAsciiLetterOrDigit(sign) ? sign : '_')).Trim('_');

    private static IReadOnlyList<PxCloudMark> Marks(JsonObject document) => new PxCloudMarks(JsonElement.Parse(document.ToJsonString())).Read();
}
