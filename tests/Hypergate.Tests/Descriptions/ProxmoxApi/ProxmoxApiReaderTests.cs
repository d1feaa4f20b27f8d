using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Backends.Proxmox;
using Hypergate.Descriptions;
using Hypergate.Descriptions.ProxmoxApi;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Tests.Descriptions.ProxmoxApi;

public sealed class ProxmoxApiReaderTests
{
    [Fact]
    public void Every_operation_of_the_real_description_is_offered_or_left_out_for_a_known_reason()
    {
        var description = RealSchema.Description;

        Assert.Equal(RealSchema.Flat.Count, description.Operations.Count + description.Dropped.Count);
        Assert.Empty(description.Warnings);
        Assert.True(description.Operations.Count > 600, $"{description.Operations.Count} operations");
    }

    [Fact]
    public void Names_are_unique_short_and_of_plain_characters()
    {
        var names = RealSchema.Description.Operations.Select(static operation => operation.Name).ToList();

        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, static name => Assert.Matches("^[a-z][a-z0-9_]{2,63}$", name));
    }

    [Theory]
    [InlineData("GET", "/nodes/{node}/qemu", "list_qemu")]
    [InlineData("GET", "/nodes/{node}/qemu/{vmid}/config", "get_qemu_config")]
    [InlineData("POST", "/nodes/{node}/qemu/{vmid}/snapshot", "create_qemu_snapshot")]
    [InlineData("DELETE", "/nodes/{node}/qemu/{vmid}/snapshot/{snapname}", "delete_qemu_snapshot")]
    [InlineData("POST", "/nodes/{node}/qemu/{vmid}/snapshot/{snapname}/rollback", "rollback_qemu_snapshot")]
    [InlineData("POST", "/nodes/{node}/lxc/{vmid}/status/start", "start_lxc")]
    [InlineData("GET", "/nodes/{node}/qemu/{vmid}/status/current", "get_qemu_status")]
    [InlineData("GET", "/nodes/{node}/status", "get_node_status")]
    [InlineData("GET", "/nodes", "list_nodes")]
    [InlineData("GET", "/storage", "list_storage")]
    [InlineData("GET", "/nodes/{node}/storage", "list_node_storage")]
    [InlineData("GET", "/cluster/resources", "list_cluster_resources")]
    [InlineData("GET", "/access/permissions", "get_access_permissions")]
    [InlineData("GET", "/version", "get_version")]
    [InlineData("PUT", "/pools/{poolid}", "update_pool")]
    [InlineData("PUT", "/pools", "update_pools")]
    [InlineData("POST", "/cluster/firewall/aliases", "create_cluster_firewall_alias")]
    [InlineData("DELETE", "/nodes/{node}/disks/zfs/{name}", "delete_disks_zfs")]
    [InlineData("POST", "/nodes/{node}/vzdump", "vzdump")]
    [InlineData("GET", "/nodes/{node}/tasks/{upid}/log", "list_task_log")]
    public void A_name_tells_what_is_done_to_what(string method, string path, string name) =>
        Assert.Equal(name, RealSchema.Find(method, path).Name);

    [Fact]
    public void A_name_does_not_depend_on_the_order_of_the_description()
    {
        var reversed = new JsonArray([.. RealSchema.Flat.Reverse().Select(static operation => operation!.DeepClone())]);

        var names = ProxmoxApiReader.Read(RealSchema.Script(reversed), ProxmoxDescription.Rules).Operations
            .ToDictionary(static operation => $"{operation.Method} {operation.Path}", static operation => operation.Name, StringComparer.Ordinal);

        Assert.All(RealSchema.Description.Operations, operation => Assert.Equal(operation.Name, names[$"{operation.Method} {operation.Path}"]));
    }

    [Fact]
    public void No_tool_has_more_than_sixty_operations()
    {
        var families = RealSchema.Description.Operations.GroupBy(static operation => (operation.Domain, operation.Changes)).ToList();

        Assert.All(families, static family => Assert.InRange(family.Count(), 1, 60));
        Assert.All(families, static family => Assert.True($"pve_{family.Key.Domain}_action".Length <= 64));
        Assert.InRange(families.Count, 20, 70);
    }

    [Fact]
    public void Numbered_parameters_are_families_and_property_strings_take_an_object_or_a_text()
    {
        var body = RealSchema.Find("POST", "/nodes/{node}/qemu").Body!.Schema;

        Assert.Empty(Faults(body, """{"vmid":100,"net0":"virtio,bridge=vmbr0","net1":{"model":"virtio","bridge":"vmbr0","firewall":true},"scsi30":"local:32","cores":2}"""));
        Assert.Contains("modle", Faults(body, """{"vmid":100,"net0":{"modle":"virtio"}}""")[0], StringComparison.Ordinal);
        Assert.Contains("nett0", Faults(body, """{"vmid":100,"nett0":"virtio"}""")[0], StringComparison.Ordinal);
        Assert.Contains("vmid", Faults(body, """{"cores":2}""")[0], StringComparison.Ordinal);
        Assert.Contains("at least", string.Join(' ', Faults(body, """{"vmid":99}""")), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("model", body.GetProperty("patternProperties").GetProperty(@"^net\d{1,3}$").GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_may_be_an_array_or_a_text()
    {
        var body = RealSchema.Find("PUT", "/nodes/{node}/qemu/{vmid}/config").Body!.Schema;

        Assert.Empty(Faults(body, """{"delete":["net0","description"],"tags":"a;b"}"""));
        Assert.Empty(Faults(body, """{"delete":"net0,description"}"""));
    }

    [Theory]
    [InlineData("POST", "/nodes/{node}/qemu/{vmid}/status/stop", "Needs VM.PowerMgmt on /vms/{vmid}.")]
    [InlineData("GET", "/nodes/{node}/storage/{storage}/status", "Needs Datastore.Audit or Datastore.AllocateSpace on /storage/{storage}.")]
    [InlineData("GET", "/access/tfa/{userid}", "Needs to be that user or User.Modify or Sys.Audit on a group of the user, or on /access/groups.")]
    [InlineData("POST", "/nodes/{node}/execute", "Only root@pam may do this")]
    [InlineData("PUT", "/access/password", "Not with an API token: only with a login.")]
    public void The_description_says_which_rights_are_needed(string method, string path, string words) =>
        Assert.Contains(words, RealSchema.Find(method, path).Description, StringComparison.Ordinal);

    [Fact]
    public void The_rights_are_there_in_parts_too() =>
        Assert.Equal([new Privilege("/vms/{vmid}", "VM.PowerMgmt")], RealSchema.Find("POST", "/nodes/{node}/qemu/{vmid}/status/stop").Requires);

    [Fact]
    public void Parameters_go_where_the_method_wants_them()
    {
        var list = RealSchema.Find("GET", "/nodes/{node}/tasks");
        var delete = RealSchema.Find("DELETE", "/nodes/{node}/qemu/{vmid}");

        Assert.Equal((ParameterPlace.Path, true), (list.Parameters[0].Place, list.Parameters[0].Required));
        Assert.All(list.Parameters.Skip(1), static parameter => Assert.Equal((ParameterPlace.Query, false), (parameter.Place, parameter.Required)));
        Assert.True(list.PagesItself);
        Assert.Equal(["node", "vmid"], delete.Parameters.Take(2).Select(static parameter => parameter.Name));
        Assert.Contains(delete.Parameters, static parameter => parameter is { Name: "purge", Place: ParameterPlace.Query });
        Assert.Null(delete.Body);
        Assert.Null(RealSchema.Find("POST", "/nodes/{node}/qemu/{vmid}/agent/fstrim").Body);
    }

    [Theory]
    [InlineData("GET", "/nodes/{node}/qemu", ResultShape.List)]
    [InlineData("GET", "/nodes/{node}/qemu/{vmid}/config", ResultShape.One)]
    [InlineData("POST", "/nodes/{node}/qemu/{vmid}/status/start", ResultShape.Job)]
    [InlineData("PUT", "/nodes/{node}/qemu/{vmid}/config", ResultShape.Nothing)]
    public void The_shape_of_the_result_is_known(string method, string path, ResultShape shape) =>
        Assert.Equal(shape, RealSchema.Find(method, path).Result);

    [Fact]
    public void Every_schema_is_one_and_every_pattern_compiles()
    {
        foreach (var operation in RealSchema.Description.Operations)
        {
            foreach (var schema in operation.Parameters.Select(static parameter => parameter.Schema).Concat(operation.Body is { } body ? [body.Schema] : []))
            {
                Assert.DoesNotContain(JsonSchemaCheck.Find(schema, JsonElement.Parse("{}")), static finding => finding.Kind == FaultKind.Unchecked);
            }
        }
    }

    [Fact]
    public void What_follows_the_array_is_never_looked_at()
    {
        var script = Encoding.UTF8.GetBytes("""
            var pveapi = [{"path":"/version","info":{"GET":{"name":"version","description":"API version.","returns":{"type":"object"},"permissions":{"user":"all"}}}}]
            ; this is ] no [ JSON {{{
            """);

        Assert.Equal("get_version", Assert.Single(ProxmoxApiReader.Read(script, ProxmoxDescription.Rules).Operations).Name);
    }

    [Theory]
    [InlineData("<html>a login page</html>")]
    [InlineData("const apiSchema = [")]
    [InlineData("const apiSchema = [{\"path\":")]
    [InlineData("const apiSchema = []")]
    [InlineData("const apiSchema = [1, null, {\"path\": 5, \"info\": []}]")]
    public void A_file_that_is_no_description_is_refused_as_such(string text) =>
        Assert.Throws<DescriptionException>(() => ProxmoxApiReader.Read(Encoding.UTF8.GetBytes(text), ProxmoxDescription.Rules));

    [Fact]
    public void A_tree_without_end_is_refused() =>
        Assert.Throws<DescriptionException>(static () => ProxmoxApiReader.Read(
            Encoding.UTF8.GetBytes("[" + string.Concat(Enumerable.Repeat("{\"children\":[", 5_000))), ProxmoxDescription.Rules));

    private static List<string> Faults(JsonElement schema, [System.Diagnostics.CodeAnalysis.StringSyntax("json")] string value) =>
        [.. JsonSchemaCheck.Check(schema, JsonElement.Parse(value)).Select(static fault => $"{fault.Path} {fault.Problem}")];
}
